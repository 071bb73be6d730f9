import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

/** How long what the auditor found is kept. */
const AUDIT_KEPT = "56 days";

/** What was erased. */
export interface Erased {
  readonly messages: number;
  readonly addresses: number;
}

/**
 * Erases the bytes of mails done before `mailBefore`, and the addresses of mails, notices, tellings and requests done
 * before `addressesBefore`. An erased address keeps its row's id: a notice stays unique by person and telling. Drafts go
 * when nobody can confirm them any more, links to sign in a day after, and with them the mail that carried one; what the
 * auditor found goes after some weeks.
 */
export async function eraseOld(
  db: Kysely<Database>,
  { mailBefore, addressesBefore }: { mailBefore: Temporal.Instant; addressesBefore: Temporal.Instant },
): Promise<Erased> {
  const addresses = addressesBefore.toString();
  const messages = await sql`update mail set raw = null where raw is not null and made_at < ${mailBefore.toString()}
    and status in ('sent', 'failed')`.execute(db);
  const mails = await sql`update mail set recipient = 'erased-' || id, sent_to = 'erased-' || id, failure = null
    where made_at < ${addresses} and status in ('sent', 'failed') and recipient <> 'erased-' || id`.execute(db);
  const notices =
    await sql`update notice set recipient = 'erased-' || id, in_place_of = '[]' where made_at < ${addresses}
    and status in ('sent', 'failed', 'superseded') and recipient <> 'erased-' || id`.execute(db);
  await sql`update telling set recipients = '{}' where state <> 'waiting' and made_at < ${addresses}
    and recipients <> '{}'`.execute(db);
  await sql`update request set recipients = '{}' where ended_at < ${addresses} and recipients <> '{}'`.execute(db);
  await sql`delete from upload_draft where expires_at < clock_timestamp()`.execute(db);
  await sql`delete from catalogue_draft where expires_at < clock_timestamp()`.execute(db);
  await sql`delete from risk_draft where expires_at < clock_timestamp()`.execute(db);
  await sql`delete from sign_in_link where expires_at < clock_timestamp() - interval '1 day'`.execute(db);
  await sql`update mail set raw = null where kind = 'sign-in' and raw is not null
    and made_at < clock_timestamp() - interval '1 day'`.execute(db);
  await sql`delete from audit_check where checked_at < clock_timestamp() - ${AUDIT_KEPT}::interval`.execute(db);
  const count = (result: { numAffectedRows?: bigint }) => Number(result.numAffectedRows ?? 0n);
  return { messages: count(messages), addresses: count(mails) + count(notices) };
}
