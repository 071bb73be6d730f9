import { type Aggregation, type Better, type Frequency, periodOf, type Unit } from "@signalbox/domain";
import type { Kysely } from "kysely";
import type { Database } from "../tables.ts";

/** A metric for a scorecard, and its target. */
export interface SeededMetric {
  readonly code: string;
  readonly name?: string;
  readonly domain?: string;
  readonly area?: string;
  readonly unit?: Unit;
  readonly better?: Better;
  readonly frequency?: Frequency;
  readonly aggregation?: Aggregation;
  readonly target?: number | null;
}

/** A decided series, its values oldest first; they end with `last`, or with the quarter that begins in it. */
export interface SeededSeries {
  readonly metric: string;
  readonly organisation: string;
  readonly values: readonly (number | null)[];
  readonly last: number;
  readonly step?: 1 | 3;
  readonly plans?: readonly (number | null)[];
  readonly denominators?: readonly (number | null)[];
  /** A letter a place: n, u, g, a or r; green where left out. */
  readonly rag?: string;
  readonly submissions?: readonly (number | null)[];
  /** The id of the series above. */
  readonly parent?: number;
}

/** Loads metrics and their targets as a further version of the catalogue. */
export async function seedMetrics(db: Kysely<Database>, metrics: readonly SeededMetric[]): Promise<void> {
  const { id: since } = await db
    .insertInto("catalogue_version")
    .values({ loaded_at: "2024-01-01T00:00:00Z", loaded_by: "test" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("metric")
    .values(
      metrics.map(({ code, name = code, domain = "", ...metric }) => ({
        since,
        code,
        name,
        domain,
        area: metric.area ?? "UEC",
        unit: metric.unit ?? "percent",
        better: metric.better ?? "higher",
        frequency: metric.frequency ?? "monthly",
        aggregation: metric.aggregation ?? "none",
        decimals: 1,
      })),
    )
    .execute();
  const targets = metrics.flatMap(({ code, target }) =>
    typeof target === "number" ? [{ since, metric: code, value: target, from_period: periodOf(2015, 4) }] : [],
  );
  if (targets.length > 0) await db.insertInto("target").values(targets).execute();
}

/** Writes series as decided; returns their ids in order. */
export async function seedDecided(db: Kysely<Database>, series: readonly SeededSeries[]): Promise<number[]> {
  const named = await db
    .insertInto("series")
    .values(series.map(({ metric, organisation }) => ({ metric, organisation })))
    .returning("id")
    .execute();
  const ids = named.map(({ id }) => id);
  const places = <T>({ values }: SeededSeries, all: readonly T[] | undefined): (T | null)[] =>
    values.map((_, at) => all?.[at] ?? null);
  const firstOf = ({ last, values, step = 1 }: SeededSeries) => last - (values.length - 1) * step;
  await db
    .insertInto("series_decision")
    .values(
      series.map((one, at) => ({
        series: ids[at] ?? 0,
        first_period: firstOf(one),
        vals: one.values,
        numerators: places(one, []),
        denominators: places(one, one.denominators),
        plans: places(one, one.plans),
        rag: one.rag ?? one.values.map((value) => (value === null ? "n" : "g")).join(""),
        tiers: "n".repeat(one.values.length),
        provisional: "0".repeat(one.values.length),
        watch: "0".repeat(one.values.length),
        partial: "0".repeat(one.values.length),
        restated: "0".repeat(one.values.length),
        deteriorating: one.values.map(() => 0),
        silent: one.values.map(() => 0),
        reasons: one.values.map(() => 0),
        thresholds: places(one, []),
        submissions: places(one, one.submissions),
        evaluations: one.values.map(() => 1),
        tier: "none",
        digest: "x",
      })),
    )
    .execute();
  await db
    .insertInto("series_state")
    .values(
      series.map((one, at) => ({
        series: ids[at] ?? 0,
        parent: one.parent ?? null,
        first_period: firstOf(one),
        vals: one.values,
        plans: places(one, one.plans),
        submissions: places(one, one.submissions),
      })),
    )
    .execute();
  return ids;
}
