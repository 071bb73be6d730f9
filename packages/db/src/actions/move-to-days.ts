import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";
import { firstChased } from "./asking-dates.ts";
import { plansAround } from "./plan-around.ts";

interface Moved {
  readonly request: number;
  readonly was: string;
  readonly dueOn: string;
}

/**
 * Moves what was asked of a plan's actions to the days that a newly accepted revision names. What was still to be said of the
 * old day is taken back; the first letter, where it has not left, says the new one.
 */
export async function moveToDaysOfPlan(
  trx: Transaction<Database>,
  { plan, revision, by, now }: { plan: number; revision: number; by: string; now: Temporal.Instant },
): Promise<void> {
  const { rows } = await sql<Moved>`
    select r.id as request, r.due_on as was, a.due_on as "dueOn"
    from request r join action a on a.id = r.action
    where a.plan = ${plan} and r.kind = 'action' and r.ended_at is null and r.due_on <> a.due_on
    order by r.id for update of r`.execute(trx);
  if (rows.length === 0) return;
  const rules = (await plansAround(trx, [plan])).get(plan)?.rules ?? null;
  const ids = rows.map(({ request }) => request);
  const days = rows.map(({ dueOn }) => dueOn);
  const next = days.map((day) => firstChased(rules, Temporal.PlainDate.from(day), now)?.toString() ?? null);
  await sql`insert into request_date (request, was, due_on, reason, by, at)
    select request, was, due_on, ${`Revision ${revision} of the plan was accepted`}, ${by}, ${now.toString()}
    from unnest(${ids}::bigint[], ${rows.map(({ was }) => was)}::date[], ${days}::date[]) as v (request, was, due_on)`.execute(
    trx,
  );
  await sql`update request r set due_on = v.due_on, next_at = v.next_at, stage = 'asked'
    from unnest(${ids}::bigint[], ${days}::date[], ${next}::timestamptz[]) as v (id, due_on, next_at) where r.id = v.id`.execute(
    trx,
  );
  await sql`update telling t set detail = t.detail || jsonb_build_object('dueOn', r.due_on) from request r
    where r.id = any(${ids}::bigint[]) and t.key = 'request:' || r.key and t.state = 'waiting'`.execute(trx);
  const chasing = sql`t.kind in ('reminder', 'overdue')
    and substring(t.key from '^request:[0-9]+') = any(${ids.map((id) => `request:${id}`)}::text[])`;
  await sql`update notice n set status = 'superseded' from telling t
    where n.telling = t.id and n.status = 'pending' and ${chasing}`.execute(trx);
  await sql`update telling t set state = 'dropped' where t.state = 'waiting' and ${chasing}`.execute(trx);
}
