import {
  addressesOfOurs,
  type BounceFound,
  type Database,
  type Kysely,
  mailsOf,
  recordAudit,
  recordBounces,
} from "@signalbox/db";
import type { DeliveryReport } from "./delivery-report.ts";

/** Something that is said of an address: by a report of a mail that is ours, or by hand. */
export interface SaidOfAddress {
  /** Where it stands, in words: "bounce.eml", "row 3 of bounces.csv". */
  readonly place: string;
  readonly address: string;
  readonly said: string;
  readonly at: Temporal.Instant | null;
  /** Null where it is said without a mail. */
  readonly messageId: string | null;
}

/** What was not taken, and why. */
export interface NotTaken {
  readonly place: string;
  readonly why: string;
}

export interface BouncesTaken {
  /** Addresses that are now known to refuse mail and were not before. */
  readonly recorded: readonly string[];
  readonly notTaken: readonly NotTaken[];
}

const POLICY = /^5\.7\./;

/** What a delivery report says for good; delays, deliveries and what is a matter of the sender's good name are not taken. */
export function saidIn(report: DeliveryReport, place: string): { said: SaidOfAddress[]; notTaken: NotTaken[] } {
  if (report.messageId === null)
    return { said: [], notTaken: [{ place, why: "it does not name the mail that came back" }] };
  const { messageId, at } = report;
  const said: SaidOfAddress[] = [];
  const notTaken: NotTaken[] = [];
  for (const { address, action, status, said: words } of report.recipients) {
    const why = whyNot(action, status);
    if (why === null) said.push({ place, address, said: words || status || "It came back", at, messageId });
    else notTaken.push({ place, why: `${address}: ${why}` });
  }
  return report.recipients.length === 0
    ? { said, notTaken: [{ place, why: "it names no recipient" }] }
    : { said, notTaken };
}

function whyNot(action: string, status: string): string | null {
  if (action === "delayed" || status.startsWith("4.")) return "it is only late, and may still come";
  if (action !== "failed") return "it does not say that the mail failed";
  if (POLICY.test(status)) return "the server refused the sender, not this address";
  return null;
}

/**
 * Records what was said of addresses that are ours: of a mail of ours that was sent there, or, by hand, of anybody whom the
 * catalogue names or who was written to. Ring `tell` where something was recorded.
 */
export async function takeBounces(
  db: Kysely<Database>,
  said: readonly SaidOfAddress[],
  { actor, now }: { actor: string; now: Temporal.Instant },
): Promise<BouncesTaken> {
  const [mails, ours] = await Promise.all([
    mailsOf(db, [...new Set(said.flatMap(({ messageId }) => messageId ?? []))]),
    addressesOfOurs(
      db,
      said.map(({ address }) => address),
    ),
  ]);
  const byId = new Map(mails.map((mail) => [mail.messageId, mail]));
  const found: BounceFound[] = [];
  const notTaken: NotTaken[] = [];
  for (const { place, address, said: words, at, messageId } of said) {
    const mail = messageId === null ? null : (byId.get(messageId) ?? undefined);
    const why =
      mail === undefined
        ? "it is about a mail that is not ours"
        : mail !== null && (mail.sentTo !== address.toLowerCase() || mail.recipient !== mail.sentTo)
          ? "our mail was not sent to this address"
          : mail === null && !ours.has(address.toLowerCase())
            ? "nobody here has this address"
            : null;
    if (why === null) found.push({ address, said: words, mail: mail?.id ?? null, at: earlier(at, now) });
    else notTaken.push({ place, why: `${address}: ${why}` });
  }
  const recorded = await db.transaction().execute(async (trx) => {
    const addresses = await recordBounces(trx, { found, by: "import" }, now);
    if (addresses.length > 0)
      await recordAudit(trx, {
        at: now,
        actor,
        action: "bounces-recorded",
        subject: "addresses",
        detail: { addresses },
      });
    return addresses;
  });
  return { recorded, notTaken };
}

/** A report of the future would have all mail told again; one without a day is of now. */
function earlier(at: Temporal.Instant | null, now: Temporal.Instant): Temporal.Instant {
  return at === null || Temporal.Instant.compare(at, now) > 0 ? now : at;
}
