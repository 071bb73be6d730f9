import { sql, type Transaction } from "kysely";
import { givesWay, mayGiveWay } from "../overtaken.ts";
import { takeBackChasers } from "../steps/take-back-words.ts";
import type { Database } from "../tables.ts";

/**
 * Marks events as replaced. What was still to be told of them is dropped, a notice that has not left is superseded, what
 * they had asked for is withdrawn; what has left is for a correction to put right.
 */
export async function replaceEvents(
  trx: Transaction<Database>,
  {
    events,
    withdrawnCases,
    now,
  }: { events: readonly number[]; withdrawnCases: readonly number[]; now: Temporal.Instant },
): Promise<void> {
  if (events.length === 0 && withdrawnCases.length === 0) return;
  const at = now.toString();
  const concerned = sql`(event = any(${events}) or escalation = any(${withdrawnCases}))`;
  await sql`update escalation_event set replaced_at = ${at} where id = any(${events})`.execute(trx);
  // Waiting first: a notifier that is making notices holds the row, and what it made is found by the next statement.
  await sql`update telling set state = 'dropped' where ${concerned} and state = 'waiting'`.execute(trx);
  await sql`update notice n set ${givesWay} where ${concerned} and ${mayGiveWay}`.execute(trx);
  await sql`update telling t set state = 'dropped' where ${concerned} and state = 'made'
    and not exists (select from notice n where n.telling = t.id and n.status <> 'superseded')`.execute(trx);
  const { rows: gone } = await sql<{
    id: number;
  }>`update request r set stage = 'withdrawn', next_at = null, ended_at = ${at},
      ended_with_case = coalesce(r.escalation = any(${withdrawnCases}), false)
    where r.stage not in ('answered', 'withdrawn') and (r.escalation = any(${withdrawnCases})
      or exists (select from escalation_event e where e.id = any(${events})
        and e.escalation = r.escalation and e.period = r.period
        and r.kind in ('acknowledgement', 'action-plan', 'commentary')))
    returning r.id`.execute(trx);
  await takeBackChasers(
    trx,
    gone.map(({ id }) => id),
  );
  // A request that never left may be made again: its key is free.
  await sql`update request r set key = r.key || ' taken back ' || r.id
    where r.stage = 'withdrawn' and exists (select from telling t where t.key = 'request:' || r.key and t.state = 'dropped'
      and ${concerned})`.execute(trx);
  await sql`update telling set key = key || ' dropped ' || id
    where ${concerned} and state = 'dropped' and key like 'request:%' and key not like '% dropped %'`.execute(trx);
}

/** Says of events that the figures behind them were restated, without any change to the decision. */
export async function markRestated(trx: Transaction<Database>, events: readonly number[]): Promise<void> {
  if (events.length === 0) return;
  await sql`update escalation_event set restated = true where id = any(${events})`.execute(trx);
}
