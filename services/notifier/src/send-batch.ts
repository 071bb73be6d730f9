import { type Database, type Kysely, type MailToSend, recordOutcomes, type SendOutcome } from "@signalbox/db";
import { addressOf, isSendable, type MailTransport, verdictOn } from "@signalbox/mail";
import { backOff, MAX_ATTEMPTS } from "./back-off.ts";
import type { Notifier } from "./notifier.ts";

/**
 * Hands mails to the server side by side and records what became of each. Mail that may have been taken before (`again`)
 * stays unknown until the server has taken it: only the same bytes may follow. Returns whether the server was away.
 */
export async function sendBatch(
  notifier: Notifier,
  connection: Kysely<Database>,
  { mails, again }: { mails: readonly MailToSend[]; again: boolean },
): Promise<boolean> {
  const { transport, log, config, clock } = notifier;
  const sender = addressOf(config.mailFrom);
  const tried = await Promise.all(
    mails.map(async (mail) => handOver(mail, transport, { sender, again, chance: notifier.chance })),
  );
  await recordOutcomes(
    connection,
    tried.map(({ outcome }) => outcome),
    await clock.now(),
  );
  for (const { outcome, away } of tried) {
    if (outcome.status !== "sent") log.warn({ mail: outcome.mail, status: outcome.status, away }, "mail was not sent");
  }
  return tried.some(({ away }) => away);
}

interface How {
  readonly sender: string;
  readonly again: boolean;
  readonly chance: () => number;
}

async function handOver(
  mail: MailToSend,
  transport: MailTransport | null,
  { sender, again, chance }: How,
): Promise<{ outcome: SendOutcome; away: boolean }> {
  const became = (status: SendOutcome["status"], failure: string | null = null, retryAfter = 0) => ({
    mail: mail.id,
    status,
    failure,
    retryAfter,
  });
  if (mail.raw === null) return { outcome: became("failed", "the message is no longer kept"), away: false };
  if (!isSendable(mail.sentTo)) return { outcome: became("failed", "this is no e-mail address"), away: false };
  if (transport === null) return { outcome: became("sent"), away: false };
  try {
    await transport.send({ from: sender, to: mail.sentTo, raw: mail.raw });
    return { outcome: became("sent"), away: false };
  } catch (error) {
    const { status, away, reason } = verdictOn(error);
    if (status === "failed" || mail.attempts >= MAX_ATTEMPTS) return { outcome: became("failed", reason), away };
    return { outcome: became(again ? "unknown" : status, reason, backOff(mail.attempts, chance)), away };
  }
}
