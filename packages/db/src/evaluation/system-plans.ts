import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/**
 * The plans of the system's own series by metric and period: the catalogue's, and where it has none the submitted ones.
 */
export async function systemPlans(
  db: Kysely<Database>,
  { system, metrics }: { system: string; metrics: readonly string[] },
): Promise<Map<string, Map<number, number>>> {
  const { rows } = await sql<{ metric: string; period: number; value: number }>`
    select s.metric, st.first_period + (c.place - 1)::int * (case m.frequency when 'quarterly' then 3 else 1 end) as period,
      c.plan as value
    from series s
    join series_state st on st.series = s.id
    join metric m on m.code = s.metric and m.until is null,
    unnest(st.plans) with ordinality as c(plan, place)
    where s.organisation = ${system} and s.metric = any(${metrics}) and c.plan is not null
    union all
    select metric, period, value from plan
    where organisation = ${system} and metric = any(${metrics}) and until is null`.execute(db);
  const plans = new Map<string, Map<number, number>>();
  for (const { metric, period, value } of rows) {
    let byPeriod = plans.get(metric);
    if (byPeriod === undefined) plans.set(metric, (byPeriod = new Map()));
    byPeriod.set(period, value);
  }
  return plans;
}
