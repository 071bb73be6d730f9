import type { Period } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { pointsOfMany } from "../points-of-many.ts";
import type { SeriesPoints } from "../series-points.ts";
import type { Database } from "../tables.ts";

export { asPath, expectedOf, type ExpectedPath } from "./held-paths.ts";

/** What the accepted plan of a case promises of the case's own series. */
export interface Promised {
  readonly escalation: number;
  readonly plan: number;
  /** The revision that holds. */
  readonly revision: number;
  readonly series: number;
  /** The first period in which an action's effect is expected; of a plan that names none, the first of its path. */
  readonly firstIn: Period;
  /** By when all of it is expected: the last effect, or where actions name none, the last period of the path. */
  readonly by: Period;
  /** By how much the actions together move the figure, in the metric's unit; null where none says. */
  readonly effect: number | null;
}

/** What was promised of each of these cases, by the case's id: the plan accepted last of those that answer it. */
export async function promisedBy(
  db: Kysely<Database>,
  escalations: readonly number[],
): Promise<ReadonlyMap<number, Promised>> {
  if (escalations.length === 0) return new Map();
  const { rows } = await sql<Promised>`
    select distinct on (c.escalation) c.escalation, c.plan, r.revision, e.series,
      coalesce(actions."firstIn", path."firstIn") as "firstIn", coalesce(actions."lastIn", path."lastIn") as by,
      actions.effect
    from action_plan_case c
    join action_plan p on p.id = c.plan and p.state <> 'withdrawn'
    join escalation e on e.id = c.escalation and e.series is not null
    join lateral (select revision, decided_at from action_plan_revision of_plan
      where of_plan.plan = c.plan and of_plan.decision = 'accepted' order by revision desc limit 1) r on true
    cross join lateral (select min(effect_in) as "firstIn", max(effect_in) as "lastIn", sum(effect_by) as effect
      from action a where a.plan = c.plan and a.dropped_in is null and a.effect_series = e.series) actions
    cross join lateral (select min(period) as "firstIn", max(period) as "lastIn" from action_plan_path own
      where own.plan = c.plan and own.revision = r.revision and own.series = e.series) path
    where c.escalation = any(${[...escalations]}::bigint[]) and c.ended_at is null
      and coalesce(actions."lastIn", path."lastIn") is not null
    order by c.escalation, r.decided_at desc, c.plan desc`.execute(db);
  return new Map(rows.map((row) => [row.escalation, row]));
}

/** The series that paths speak of, with every period that they have reached; those without any are left out. */
export async function seriesOfPaths(
  db: Kysely<Database>,
  paths: readonly { readonly metric: string; readonly organisation: string }[],
): Promise<SeriesPoints[]> {
  const { rows } = await sql<{ id: number }>`select s.id
    from jsonb_to_recordset(${JSON.stringify(paths)}::jsonb) as p(metric text, organisation text)
    join series s on s.metric = p.metric and s.organisation = p.organisation`.execute(db);
  const points = await pointsOfMany(
    db,
    rows.map(({ id }) => id),
  );
  return [...points.values()];
}
