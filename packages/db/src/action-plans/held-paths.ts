import { asPeriod, type Period } from "@signalbox/domain";
import { sql } from "kysely";

/** What accepted plans expect of a series, in the metric's unit, by period. */
export type ExpectedPath = ReadonlyMap<Period, number>;

/**
 * Whether a row `p` of `action_plan_path`, of the revision `r` of the plan `a`, holds: the revision was accepted, and the plan
 * not withdrawn. One accepted later takes over from its own first period on, so that what is past stays measured by what was
 * promised then.
 */
const holds = sql<boolean>`(r.decision = 'accepted' and a.state <> 'withdrawn'
  and not exists (select from action_plan_path later
    join action_plan_revision lr on lr.plan = later.plan and lr.revision = later.revision and lr.decision = 'accepted'
    join action_plan la on la.id = later.plan and la.state <> 'withdrawn'
    where later.series = p.series and later.period <= p.period
      and (lr.decided_at, later.plan, later.revision) > (r.decided_at, p.plan, p.revision)))`;

/** The rows of paths, with their revisions and plans. */
const heldPaths = sql`action_plan_path p
  join action_plan_revision r on r.plan = p.plan and r.revision = p.revision join action_plan a on a.id = p.plan`;

/** The expected path of the series whose id stands in a column, as JSON by period; null where there is none. */
export function expectedOf(series: string) {
  return sql`(select json_object_agg(p.period, p.value) from ${heldPaths} where p.series = ${sql.ref(series)} and ${holds})`;
}

/** The JSON of `expectedOf` as a path. */
export function asPath(values: Readonly<Record<string, number>>): ExpectedPath {
  return new Map(Object.entries(values).map(([period, value]) => [asPeriod(Number(period)), value]));
}
