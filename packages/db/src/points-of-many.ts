import {
  type Better,
  type Frequency,
  type OrganisationKind,
  type Period,
  RAGS,
  stepOf,
  thresholdInForce,
} from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { type DecisionRow, decisionColumns, decodeDecision } from "./decisions.ts";
import { asTargetRow, type SeriesPoint, type SeriesPoints } from "./series-points.ts";
import type { Database } from "./tables.ts";

interface DecidedSeries extends DecisionRow {
  readonly metric: string;
  readonly organisation: string;
  readonly kind: OrganisationKind;
  readonly frequency: Frequency;
  readonly better: Better;
  readonly definition_changes: Period[];
}

/** A point of a series and the submission that gave its value. */
export type PointOfSubmission = SeriesPoint & { readonly submission: number | null };
export type PointsOfSeries = Omit<SeriesPoints, "points"> & { readonly points: readonly PointOfSubmission[] };

/** Every period that these series have reached, by the series' id: two statements, however many there are. */
export async function pointsOfMany(
  db: Kysely<Database>,
  series: readonly number[],
): Promise<ReadonlyMap<number, PointsOfSeries>> {
  if (series.length === 0) return new Map();
  const { rows } = await sql<DecidedSeries>`
    select ${decisionColumns}, s.metric, s.organisation, o.kind, m.frequency, m.better, m.definition_changes
    from series_decision d join series s on s.id = d.series
    join metric m on m.code = s.metric and m.until is null
    join organisation o on o.code = s.organisation and o.until is null
    where d.series = any(${series}::bigint[])`.execute(db);
  const metrics = [...new Set(rows.map(({ metric }) => metric))];
  const targets = await db
    .selectFrom("target")
    .select(["id", "metric", "organisation", "value", "from_period", "to_period"])
    .where("metric", "in", ["", ...metrics])
    .where("until", "is", null)
    .execute();
  const ofMetric = Map.groupBy(targets, ({ metric }) => metric);
  return new Map(rows.map((row) => [row.series, pointsOf(row, ofMetric.get(row.metric) ?? [])]));
}

function pointsOf(row: DecidedSeries, targets: readonly Parameters<typeof asTargetRow>[0][]): PointsOfSeries {
  const { metric, organisation, frequency, better } = row;
  const decision = decodeDecision(row);
  const own = targets
    .filter((target) => target.organisation === null || target.organisation === organisation)
    .map(asTargetRow);
  const numberAt = (values: Float64Array, at: number) => (Number.isNaN(values[at]) ? null : (values[at] ?? null));
  const points = Array.from({ length: decision.count }, (_, at): PointOfSubmission => {
    const period = (decision.first + at * stepOf(frequency)) as Period;
    return {
      period,
      value: numberAt(decision.values, at),
      plan: numberAt(decision.plans, at),
      target: thresholdInForce(own, period, row.kind === "system")?.board ?? null,
      rag: RAGS[decision.rag[at] ?? 0] ?? "grey",
      submission: numberAt(decision.submissions, at),
    };
  });
  return { metric, organisation, frequency, better, definitionChanges: row.definition_changes, points };
}
