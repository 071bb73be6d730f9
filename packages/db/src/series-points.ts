import { type Better, type Frequency, type Period, thresholdInForce, type ThresholdRow } from "@signalbox/domain";
import type { Kysely } from "kysely";
import { type Assessment, listAssessments } from "./assessments.ts";
import { SEES_ALL } from "./sight.ts";
import type { Database } from "./tables.ts";

export interface SeriesPoint {
  readonly period: Period;
  readonly value: number | null;
  readonly plan: number | null;
  /** The national or local standard in force, or null. */
  readonly target: number | null;
  readonly rag: Assessment["rag"];
}

export interface SeriesPoints {
  readonly metric: string;
  readonly organisation: string;
  readonly frequency: Frequency;
  readonly better: Better;
  /** Periods from which the metric means something else. */
  readonly definitionChanges: readonly Period[];
  readonly points: readonly SeriesPoint[];
}

const EVERY_PERIOD = 100_000;

/** Every period that a series has reached, with its target; null where the catalogue knows no such metric or organisation. */
export async function readSeriesPoints(
  db: Kysely<Database>,
  metric: string,
  organisation: string,
): Promise<SeriesPoints | null> {
  const known = await db
    .selectFrom("metric")
    .innerJoin("organisation", (join) =>
      join.on("organisation.code", "=", organisation).on("organisation.until", "is", null),
    )
    .select(["metric.frequency", "metric.better", "metric.definition_changes", "organisation.kind"])
    .where("metric.code", "=", metric)
    .where("metric.until", "is", null)
    .executeTakeFirst();
  if (!known) return null;
  const targets = await targetsOf(db, metric, organisation);
  const isSystem = known.kind === "system";
  const assessments = await listAssessments(
    db,
    { sight: SEES_ALL, metric, organisation },
    { after: null, limit: EVERY_PERIOD },
  );
  const points = assessments.map(({ period, value, plan, rag }) => {
    const target = thresholdInForce(targets, period, isSystem)?.board ?? null;
    return { period, value, plan, target, rag };
  });
  const { frequency, better } = known;
  return { metric, organisation, frequency, better, definitionChanges: known.definition_changes as Period[], points };
}

/** Targets are chosen like approved thresholds (contract 4), so they take their shape: the target is the board limit. */
async function targetsOf(db: Kysely<Database>, metric: string, organisation: string): Promise<ThresholdRow[]> {
  const rows = await db
    .selectFrom("target")
    .select(["id", "organisation", "value", "from_period", "to_period"])
    .where("metric", "=", metric)
    .where("until", "is", null)
    .where((where) => where.or([where("organisation", "is", null), where("organisation", "=", organisation)]))
    .execute();
  return rows.map(asTargetRow);
}

/** A row of `target` in the shape of a threshold. */
export function asTargetRow(row: {
  readonly id: number;
  readonly organisation: string | null;
  readonly value: number;
  readonly from_period: number;
  readonly to_period: number | null;
}): ThresholdRow {
  return {
    id: row.id,
    scope: row.organisation === null ? "*" : "own",
    status: "approved",
    basis: "value",
    board: row.value,
    slt: null,
    from: row.from_period as Period,
    to: row.to_period as Period | null,
  };
}
