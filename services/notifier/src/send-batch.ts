import {
  type Database,
  type Kysely,
  type MailToSend,
  recordBounces,
  recordOutcomes,
  type SendOutcome,
} from "@signalbox/db";
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
  await recordRefused(notifier, connection, tried);
  for (const { outcome, away } of tried) {
    if (outcome.status !== "sent") log.warn({ mail: outcome.mail, status: outcome.status, away }, "mail was not sent");
  }
  return tried.some(({ away }) => away);
}

/** An address that the server refused for good: what it would have had goes to the next in line. Not one that all mail is redirected to. */
async function recordRefused({ clock, log }: Notifier, connection: Kysely<Database>, tried: readonly Tried[]) {
  const now = await clock.now();
  const found = tried.flatMap(({ mail, bounces, outcome }) =>
    bounces && mail.sentTo.toLowerCase() === mail.recipient.toLowerCase()
      ? [{ address: mail.recipient, said: outcome.failure ?? "", mail: mail.id, at: now }]
      : [],
  );
  if (found.length === 0) return;
  await connection.transaction().execute((trx) => recordBounces(trx, { found, by: "smtp" }, now));
  log.warn(
    { mails: found.map(({ mail }) => mail) },
    "addresses refuse mail: what they were to have goes to the next in line",
  );
}

interface Tried {
  readonly mail: MailToSend;
  readonly outcome: SendOutcome;
  readonly away: boolean;
  readonly bounces: boolean;
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
): Promise<Tried> {
  const became = (status: SendOutcome["status"], failure: string | null = null, retryAfter = 0): Tried => ({
    mail,
    outcome: { mail: mail.id, status, failure, retryAfter },
    away: false,
    bounces: false,
  });
  if (mail.raw === null) return became("failed", "the message is no longer kept");
  if (!isSendable(mail.sentTo)) return became("failed", "this is no e-mail address");
  if (transport === null) return became("sent");
  try {
    await transport.send({ from: sender, to: mail.sentTo, raw: mail.raw });
    return became("sent");
  } catch (error) {
    const { status, away, reason, bounces } = verdictOn(error);
    if (status === "failed" || mail.attempts >= MAX_ATTEMPTS) return { ...became("failed", reason), away, bounces };
    return { ...became(again ? "unknown" : status, reason, backOff(mail.attempts, chance)), away };
  }
}
