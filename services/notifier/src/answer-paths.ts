import {
  answerToken,
  chasingInForce,
  type Database,
  makeAnswerLinks,
  type NoticeToSend,
  type Transaction,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { Notifier } from "./notifier.ts";

/** Where what a notice asks is answered without signing in, and the last day on which it is. */
export interface AnswerPath {
  readonly answerAt: string;
  /** "2026-12-15" */
  readonly linkUntil: string;
}

/** How long after its day a request may still be answered by link, where the protocol names no levels. */
const GRACE_DAYS = 5;
const ASKING = new Set(["action-plan-request", "commentary-request", "request", "reminder", "overdue"]);

/**
 * The signed links of notices that ask somebody for something, by notice. None where mail is redirected: whoever reads it
 * then is not who is asked; and none without a secret to sign with.
 */
export async function answerPaths(
  { config }: Notifier,
  trx: Transaction<Database>,
  notices: readonly NoticeToSend[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<number, AnswerPath>> {
  const { sessionSecret, mailMode } = config;
  const asking = notices.filter(({ kind }) => ASKING.has(kind)).map(({ id }) => id);
  if (sessionSecret === null || mailMode.kind === "redirect" || asking.length === 0) return new Map();
  const chasing = (await chasingInForce(trx))("monthly");
  const graceDays = chasing?.workingDaysPerLevel ?? GRACE_DAYS;
  const made = await makeAnswerLinks(trx, asking, { now, graceDays });
  return new Map(
    [...made].map(([notice, { link, expiresAt }]) => [
      notice,
      {
        answerAt: `/answer/${answerToken(link, expiresAt, sessionSecret)}`,
        linkUntil: dayOf(expiresAt.subtract({ seconds: 1 })).toString(),
      },
    ]),
  );
}
