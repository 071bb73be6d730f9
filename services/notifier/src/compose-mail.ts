import type { ComposedMail, LedTo, NoticeToSend, OverdueInSummary, PersonRole, StandingCaseRow } from "@signalbox/db";
import { dayOf, nameOfPeriod } from "@signalbox/domain";
import {
  composeMessage,
  isMailKind,
  isSendable,
  type LedToCase,
  type MailItem,
  type MailKind,
  messageIdOf,
  readDetail,
  renderMail,
  worstFirst,
} from "@signalbox/mail";
import type { AnswerPath } from "./answer-paths.ts";
import type { Notifier } from "./notifier.ts";
import { type Pictures } from "./pictures.ts";
import { picturesIn } from "./pictures-in.ts";
import { summaryFor } from "./summary.ts";
import { toldBecause } from "./told-because.ts";

/** What one person is to be told in one mail, and what is known of them. */
export interface MailToWrite {
  readonly recipient: string;
  readonly kind: string;
  readonly notices: readonly NoticeToSend[];
  readonly roles: readonly PersonRole[];
  /** What those are in whose place this person is told. */
  readonly inPlaceOf: readonly PersonRole[];
  readonly standing: readonly StandingCaseRow[];
  /** What is long overdue, for the summary of the SLT. */
  readonly overdue: readonly OverdueInSummary[];
  /** What the submissions of receipts led to, by submission. */
  readonly ledTo: ReadonlyMap<number, readonly LedTo[]>;
  /** Where requests are answered without signing in, by notice. */
  readonly answering: ReadonlyMap<number, AnswerPath>;
  readonly pictures: Pictures;
}

/**
 * Writes one mail, to its bytes. One that cannot be written (no kind of ours, no e-mail address, a fault in a template)
 * comes back as failed, with the reason, and costs the others nothing.
 */
export async function composeMail(
  { config, transport, log }: Notifier,
  mail: MailToWrite,
  now: Temporal.Instant,
): Promise<ComposedMail> {
  const { recipient, kind, notices } = mail;
  const redirected = config.mailMode.kind === "redirect" ? config.mailMode.to : null;
  const sentTo = redirected ?? recipient;
  const base = {
    kind,
    recipient,
    sentTo,
    messageId: messageIdOf(notices, { recipient, sender: config.mailFrom }),
    notices: notices.map(({ id }) => id),
    attempts: Math.max(...notices.map(({ attempts }) => attempts)),
    replaces: [...new Set(notices.flatMap(({ putOff }) => putOff ?? []))],
  };
  const failed = (subject: string, failure: string): ComposedMail => ({
    ...base,
    subject,
    raw: null,
    status: "failed",
    failure,
  });
  if (!isMailKind(kind)) return failed(kind, "there is no such kind of mail");
  try {
    const items = itemsOf(mail, config.mailFrom);
    const rendered = renderMail(kind, items, {
      baseUrl: config.baseUrl,
      sender: config.mailFrom,
      summary:
        kind === "digest"
          ? summaryFor(notices, {
              forums: forumsOf([...mail.roles, ...mail.inPlaceOf]),
              standing: mail.standing,
              overdue: mail.overdue,
            })
          : null,
      wouldGoTo: redirected === null ? null : recipient,
      today: dayOf(now).toString(),
    });
    if (!isSendable(recipient) || !isSendable(sentTo)) return failed(rendered.subject, "this is no e-mail address");
    const raw = await composeMessage({
      ...rendered,
      kind: kind satisfies MailKind,
      sender: config.mailFrom,
      to: sentTo,
      messageId: base.messageId,
      date: now,
      notices: base.notices.toSorted((a, b) => a - b),
      escalations: [...new Set(notices.flatMap(({ escalation }) => escalation ?? []))],
      wouldGoTo: redirected === null ? null : recipient,
      pictures: items.flatMap(({ picture }) => picture ?? []),
    });
    const status = config.mailMode.kind === "hold" ? "held" : transport === null ? "sent" : "sending";
    return { ...base, subject: rendered.subject, raw, status, failure: null };
  } catch (error) {
    log.error({ err: error, kind, notices: base.notices }, "a mail could not be written");
    return failed(kind, `it could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function itemsOf({ kind, notices, roles, ledTo, answering, pictures }: MailToWrite, sender: string): MailItem[] {
  const own = picturesIn({ kind, notices, pictures, sender });
  const items = notices.map((notice) => ({
    escalation: notice.escalation,
    submission: notice.submission,
    reason: notice.reason,
    toldBecause: toldBecause(notice, roles),
    toldOn: notice.toldBeforeAt === null ? null : dayOf(notice.toldBeforeAt).toString(),
    detail: { ...readDetail(notice.detail), ...answering.get(notice.id) },
    picture: own.get(notice.id),
    ...(notice.kind === "submission-receipt" ? { ledTo: casesIn(ledTo.get(notice.submission ?? 0) ?? []) } : {}),
  }));
  return items.toSorted((one, other) => worstFirst(one.detail, other.detail));
}

function casesIn(ledTo: readonly LedTo[]): LedToCase[] {
  return ledTo.map(({ period, frequency, ...one }) => ({ ...one, periodName: nameOfPeriod(period, frequency) }));
}

function forumsOf(roles: readonly PersonRole[]): string[] {
  return roles.flatMap(({ role, forum }) =>
    forum !== null && ["chair", "member", "secretary"].includes(role) ? [forum] : [],
  );
}
