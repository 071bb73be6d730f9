import { sql, type Transaction } from "kysely";
import { lockWhileSending, type MailToSend } from "./mails.ts";
import type { Database } from "./tables.ts";

/** Mails to be sent again as they are: of unknown fate, released after a hold, or taken up again by an operator. */
const asTheyStand = (now: Temporal.Instant) => sql`(
  (m.status = 'unknown' and coalesce(m.next_attempt_at <= clock_timestamp(), true))
  or (m.status = 'deferred' and m.next_attempt_at <= greatest(clock_timestamp(), ${now.toString()})
    and (m.attempted_at is null or m.kind = 'sign-in'
      or exists (select from notice n where n.mail = m.id and n.status in ('sending', 'unknown')))))`;

/** Claims at most `limit` mails that go out as they stand. Locked like those of recordComposed. */
export async function claimAsTheyStand(
  trx: Transaction<Database>,
  now: Temporal.Instant,
  limit: number,
): Promise<MailToSend[]> {
  await takeBack(trx, now);
  const { rows } = await sql<MailToSend>`with due as (
      select id from mail m where ${asTheyStand(now)} order by id limit ${limit} for update skip locked),
    m as (
      update mail set status = 'sending', attempts = attempts + 1, attempted_at = clock_timestamp(), next_attempt_at = null
      from due where mail.id = due.id returning mail.id, recipient, sent_to, raw, attempts),
    n as (update notice set status = 'sending' from m
      where notice.mail = m.id and notice.status in ('pending', 'sending', 'unknown'))
    select id, recipient, sent_to as "sentTo", raw, attempts from m order by id`.execute(trx);
  await lockWhileSending(
    trx,
    rows.map(({ id }) => id),
  );
  return rows;
}

/**
 * Takes back mails that never left and no longer say what holds, or were never written: their notices are composed anew.
 * So with a mail held while one of its notices was superseded, and with one that failed for its address; one
 * put off of which nothing holds any more goes without another. A link to sign in never had a notice.
 */
async function takeBack(trx: Transaction<Database>, now: Temporal.Instant): Promise<void> {
  const { rows } = await sql<{ id: number }>`select id from mail m
    where ((m.status = 'held' or (m.status = 'deferred' and ${asTheyStand(now)}))
        and (m.raw is null or exists (select from notice n where n.mail = m.id and n.status = 'superseded')))
      or (m.status = 'deferred' and m.kind <> 'sign-in'
        and not exists (select from notice n where n.mail = m.id and n.status <> 'superseded'))
    for update skip locked`.execute(trx);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  await sql`update notice set mail = null,
      status = case when status not in ('sending', 'unknown') then status when overtaken then 'superseded' else 'pending' end
    where mail = any(${ids}::bigint[])`.execute(trx);
  await sql`delete from mail where id = any(${ids}::bigint[])`.execute(trx);
}
