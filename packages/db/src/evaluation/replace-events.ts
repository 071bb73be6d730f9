import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/**
 * Marks events as replaced. What was still to be told of them is dropped, a notice that has not left is superseded;
 * returns, by case, whom a notice of such an event had reached: they are owed a correction.
 */
export async function replaceEvents(
  trx: Transaction<Database>,
  {
    events,
    withdrawnCases,
    now,
  }: { events: readonly number[]; withdrawnCases: readonly number[]; now: Temporal.Instant },
): Promise<Map<number, string[]>> {
  if (events.length === 0 && withdrawnCases.length === 0) return new Map();
  const concerned = sql`(event = any(${events}) or escalation = any(${withdrawnCases}))`;
  await sql`update escalation_event set replaced_at = ${now.toString()} where id = any(${events})`.execute(trx);
  // Waiting first: a notifier that is making notices holds the row, and what it made is found by the next statement.
  await sql`update telling set state = 'dropped' where ${concerned} and state = 'waiting'`.execute(trx);
  await sql`update notice set status = 'superseded' where ${concerned} and status = 'pending'`.execute(trx);
  await sql`update telling t set state = 'dropped' where ${concerned} and state = 'made'
    and not exists (select from notice n where n.telling = t.id and n.status <> 'superseded')`.execute(trx);
  await sql`update request r set stage = 'withdrawn', next_at = null, ended_at = ${now.toString()}
    where r.stage not in ('answered', 'withdrawn') and (r.escalation = any(${withdrawnCases})
      or exists (select from escalation_event e where e.id = any(${events})
        and e.escalation = r.escalation and e.period = r.period))`.execute(trx);
  const { rows } = await sql<{ escalation: number; recipients: string[] }>`
    select escalation, array_agg(distinct recipient) as recipients from notice
    where ${concerned} and escalation is not null and status in ('sending', 'sent', 'unknown')
      and kind in ('digest', 'correction', 'action-plan-request', 'commentary-request')
    group by escalation`.execute(trx);
  return new Map(rows.map(({ escalation, recipients }) => [escalation, recipients]));
}

/** Says of events that the figures behind them were restated, without any change to the decision. */
export async function markRestated(trx: Transaction<Database>, events: readonly number[]): Promise<void> {
  if (events.length === 0) return;
  await sql`update escalation_event set restated = true where id = any(${events})`.execute(trx);
}
