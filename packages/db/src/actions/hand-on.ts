import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/**
 * What a plan asks goes on with another case that the plan answers and that stands, when the case that it was asked for has
 * ended: one action may serve several cases.
 */
export async function handOnToOtherCases(trx: Transaction<Database>, ended: readonly number[]): Promise<void> {
  const { rows } = await sql<{ key: string; escalation: number }>`
    update request r set escalation = next.escalation from (
      select open.id, (select pc.escalation from action_plan_case pc join escalation e on e.id = pc.escalation and e.standing
        where pc.plan = open.plan and pc.ended_at is null and pc.escalation <> all(${[...ended]}::bigint[]) order by e.id limit 1)
        as escalation
      from request open where open.escalation = any(${[...ended]}::bigint[]) and open.kind in ('action', 'embedding')
        and open.ended_at is null) next
    where r.id = next.id and next.escalation is not null returning r.key, r.escalation`.execute(trx);
  if (rows.length === 0) return;
  await sql`update telling t set escalation = v.escalation
    from unnest(${rows.map(({ key }) => `request:${key}`)}::text[], ${rows.map(({ escalation }) => escalation)}::bigint[])
      as v (key, escalation) where t.key = v.key and t.state = 'waiting'`.execute(trx);
}
