import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** Of these cases, how many actions of their plans are not rated as embedded; cases with none left are not in it. */
export async function notEmbedded(
  db: Kysely<Database>,
  escalations: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ escalation: number; left: number }>`
    select c.escalation, count(*)::int as left
    from action_plan_case c
    join action_plan p on p.id = c.plan and p.state <> 'withdrawn'
    join action a on a.plan = c.plan and a.dropped_in is null
    where c.escalation = any(${[...escalations]}::bigint[]) and c.ended_at is null
      and coalesce((select r.rating from action_rating r where r.action = a.id and r.aspect = 'embedding'
        order by r.id desc limit 1), '') <> 'complete'
    group by c.escalation`.execute(db);
  return new Map(rows.map(({ escalation, left }) => [escalation, left]));
}
