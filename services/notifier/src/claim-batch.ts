import {
  claimGroups,
  type Database,
  lastDailyDigests,
  lockNotices,
  overdueInSummary,
  type MailGroup,
  type MailToSend,
  type NoticeToSend,
  putOffNotices,
  recordComposed,
  rolesOf,
  standingBefore,
  type Transaction,
  whatItLedTo,
} from "@signalbox/db";
import { answerPaths } from "./answer-paths.ts";
import { composeMail } from "./compose-mail.ts";
import { putOffUntil } from "./daily-digest.ts";
import type { Pictures } from "./pictures.ts";
import type { Notifier } from "./notifier.ts";
import { withWhatMoved } from "./what-moved.ts";

/** Mails written in one transaction. */
const BATCH = 64;

export interface Batch {
  /** The last person and kind looked at; null when there are no more. */
  readonly last: MailGroup | null;
  /** How many mails were written. */
  readonly written: number;
  /** Those that must be handed to the server now. */
  readonly toSend: readonly MailToSend[];
}

interface ToClaim {
  readonly after: MailGroup;
  readonly digests: boolean;
  /** The last notice that is taken. */
  readonly through: number;
  /** Drawn beforehand. */
  readonly pictures: Pictures;
  readonly now: Temporal.Instant;
}

/** Locks the next people's notices that may leave, writes their mails and records them, before any server is spoken to. */
export async function claimBatch(
  notifier: Notifier,
  trx: Transaction<Database>,
  { after, digests: leaders, through, pictures, now }: ToClaim,
): Promise<Batch> {
  // Decisions are dated by the evaluator's clock, which may be ahead of this round's moment.
  const current = await notifier.clock.now();
  const groups = await claimGroups(trx, { after, digests: leaders, through, limit: BATCH, now: current });
  const last = groups.at(-1) ?? null;
  if (last === null) return { last, written: 0, toSend: [] };
  const recipients = [...new Set(groups.map(({ recipient }) => recipient))];
  const pending = await lockNotices(trx, groups, { through, now: current });
  const digests = await lastDailyDigests(trx, recipients, now);
  const leaving: NoticeToSend[] = [];
  const putOff: { id: number; tellAt: Temporal.Instant }[] = [];
  for (const notice of pending) {
    const tellAt = putOffUntil(notice, digests.get(notice.recipient), now);
    if (tellAt === null) leaving.push(notice);
    else putOff.push({ id: notice.id, tellAt });
  }
  await putOffNotices(trx, putOff);
  if (leaving.length === 0) return { last, written: 0, toSend: [] };
  const roles = await rolesOf(trx, [...recipients, ...leaving.flatMap(stoodInFor)]);
  const standing = await standingBefore(trx, summarised(leaving), now);
  const overdue = summarised(leaving).length === 0 ? [] : await overdueInSummary(trx, now);
  const ledTo = await whatItLedTo(trx, receipted(leaving));
  const answering = await answerPaths(notifier, trx, leaving, now);
  const together = Map.groupBy(
    await withWhatMoved(trx, leaving, now),
    ({ recipient, kind }) => `${kind}\n${recipient}`,
  );
  const mails = await Promise.all(
    [...together.values()].flatMap((notices) => {
      const [first] = notices;
      if (first === undefined) return [];
      const { recipient, kind } = first;
      return [
        composeMail(
          notifier,
          {
            recipient,
            kind,
            notices,
            roles: roles.get(recipient) ?? [],
            inPlaceOf: [...new Set(notices.flatMap(stoodInFor))].flatMap((person) => roles.get(person) ?? []),
            standing,
            overdue,
            ledTo,
            answering,
            pictures,
          },
          now,
        ),
      ];
    }),
  );
  const ids = await recordComposed(trx, mails, now);
  const toSend = mails.flatMap(({ status, recipient, sentTo, raw, attempts }, i) => {
    const id = ids[i];
    return status === "sending" && id !== undefined ? [{ id, recipient, sentTo, raw, attempts: attempts + 1 }] : [];
  });
  return { last, written: mails.length, toSend };
}

/** Those in whose place somebody is told. */
function stoodInFor({ inPlaceOf }: NoticeToSend): string[] {
  return inPlaceOf.map(({ person }) => person);
}

/** The submissions of which a receipt is among these notices. */
function receipted(notices: readonly NoticeToSend[]): number[] {
  return [
    ...new Set(notices.flatMap(({ kind, submission }) => (kind === "submission-receipt" ? (submission ?? []) : []))),
  ];
}

/** The forums of which a summary is among these notices. */
function summarised(notices: readonly NoticeToSend[]): string[] {
  return [...new Set(notices.flatMap(({ reason, forums }) => (reason === "summary" ? forums : [])))];
}
