import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/**
 * What a plan asks goes on with another case that the plan answers and that stands, when a case that it was asked for has ended,
 * or is answered by it no more: one action may serve several cases. Where the letter about the plan was written for that case,
 * and the others were asked quietly, one of them takes its place. Without `plan` it is done for all plans.
 */
export async function handOnToOtherCases(
  trx: Transaction<Database>,
  ended: readonly number[],
  { plan = null }: { readonly plan?: number | null } = {},
): Promise<void> {
  const theirs = sql`open.escalation = any(${[...ended]}::bigint[]) and open.ended_at is null
    and (${plan}::bigint is null or open.plan = ${plan}::bigint)`;
  const { rows } = await sql<{ key: string; escalation: number }>`
    update request r set escalation = next.escalation from (
      select open.id, (select pc.escalation from action_plan_case pc join escalation e on e.id = pc.escalation and e.standing
        where pc.plan = open.plan and pc.ended_at is null and pc.escalation <> all(${[...ended]}::bigint[]) order by e.id limit 1)
        as escalation
      from request open where ${theirs} and open.kind in ('action', 'embedding')) next
    where r.id = next.id and next.escalation is not null returning r.key, r.escalation`.execute(trx);
  const { rows: louder } = await sql<{ key: string; before: string; escalation: number }>`
    update request r set quiet = false, stage = next.stage, next_at = next.next_at, due_on = next.due_on from (
      select open.key, open.stage, open.next_at, open.due_on, (select q.id from request q join escalation e on e.id = q.escalation and e.standing
        where q.plan = open.plan and q.kind = open.kind and (q.kind = 'action-plan' or q.forum is not distinct from open.forum)
          and q.quiet and q.ended_at is null
          and q.escalation <> all(${[...ended]}::bigint[]) order by q.id limit 1) as id
      from request open where ${theirs} and open.kind in ('plan-decision', 'action-plan') and open.plan is not null
        and not open.quiet) next
    where r.id = next.id returning r.key, next.key as before, r.escalation`.execute(trx);
  const letters = [...rows.map(({ key, escalation }) => ({ key, before: key, escalation })), ...louder];
  if (letters.length === 0) return;
  const { rows: tellings } = await sql<{ id: number; escalation: number }>`
    update telling t set escalation = v.escalation, key = 'request:' || v.key
    from unnest(${letters.map(({ before }) => `request:${before}`)}::text[], ${letters.map(({ key }) => key)}::text[],
      ${letters.map(({ escalation }) => escalation)}::bigint[]) as v (before, key, escalation)
    where t.key = v.before and t.state <> 'dropped'
      and not exists (select from notice n where n.telling = t.id and n.status not in ('pending', 'sending'))
    returning t.id, t.escalation`.execute(trx);
  await sql`update notice n set escalation = v.escalation
    from unnest(${tellings.map(({ id }) => id)}::bigint[], ${tellings.map(({ escalation }) => escalation)}::bigint[]) as v (id, escalation)
    where n.telling = v.id and n.status in ('pending', 'sending')`.execute(trx);
}
