import {
  type Better,
  type Frequency,
  type OrganisationKind,
  type Period,
  RAGS,
  type Reason,
  reasonsOf,
  stepOf,
  thresholdInForce,
  type ThresholdRow,
  tierAt,
} from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { asPath, expectedOf, type ExpectedPath } from "./action-plans/held-paths.ts";
import type { Assessment } from "./assessments.ts";
import { type DecisionRow, decisionColumns, decodeDecision } from "./decisions.ts";
import type { SeriesDecision } from "./evaluation/write-decisions.ts";
import type { Database } from "./tables.ts";
import { NOT_SIGNED_OFF, type Unsigned } from "./unsigned.ts";

/** What holds of a series in one period, and what was decided of it; null for none. */
export interface SeriesPoint {
  readonly period: Period;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly plan: number | null;
  /** The national or local standard in force, or null. */
  readonly target: number | null;
  readonly rag: Assessment["rag"];
  readonly provisional: boolean;
  readonly deterioratingFor: number;
  readonly watch: boolean;
  readonly tier: Assessment["tier"];
  readonly reasons: readonly Reason[];
  readonly partial: boolean;
  /** Codes of the organisations that a partial value lacks. */
  readonly missing: readonly string[];
  readonly submission: number | null;
  readonly restated: boolean;
  readonly mark: string | null;
  readonly noValue: string | null;
  /** The row of the catalogue that rated it. */
  readonly threshold: number | null;
}

export interface SeriesPoints {
  readonly metric: string;
  readonly organisation: string;
  readonly frequency: Frequency;
  readonly better: Better;
  /** The board whose area the metric is of, and the organisation's kind: by these a forum sees it or not. */
  readonly area: string;
  readonly kind: OrganisationKind;
  /** Periods from which the metric means something else. */
  readonly definitionChanges: readonly Period[];
  /** Periods at which somebody had the control limits begin anew, and which stand. */
  readonly recalculations: readonly Period[];
  readonly points: readonly SeriesPoint[];
  /** What accepted action plans expect, by period; they reach past the last point. Missing where nobody promised anything. */
  readonly expected?: ExpectedPath;
}

interface TargetRow {
  readonly id: number;
  readonly organisation: string | null;
  readonly value: number;
  readonly from: Period;
  readonly to: Period | null;
}

interface KnownSeries extends Omit<SeriesPoints, "points" | "expected"> {
  readonly targets: readonly TargetRow[];
  readonly expected: Readonly<Record<string, number>> | null;
}

/** Of a metric `m`, an organisation `o`, its series `s` and its decision `d`, what `asSeriesPoints` reads; each in one statement. */
export const seriesColumns = sql`m.code as metric, o.code as organisation, m.frequency, m.better, m.area, o.kind,
  m.definition_changes as "definitionChanges",
  array(select r.period from recalculation r where r.metric = m.code and r.organisation = o.code
    and r.removed_at is null order by r.period) as recalculations,
  (select coalesce(json_agg(json_build_object('id', t.id, 'organisation', t.organisation, 'value', t.value,
      'from', t.from_period, 'to', t.to_period)), '[]') from target t
    where t.metric = m.code and t.until is null and (t.organisation is null or t.organisation = o.code)) as targets,
  ${expectedOf("s.id")} as expected,
  ${decisionColumns}`;

export type SeriesRow = KnownSeries & (DecisionRow | { readonly series: null });

/** Every period that a series has reached, with its target; null where the catalogue knows no such metric or organisation. */
export async function readSeriesPoints(
  db: Kysely<Database>,
  metric: string,
  organisation: string,
): Promise<SeriesPoints | null> {
  const { rows } = await sql<SeriesRow>`select ${seriesColumns}
    from metric m join organisation o on o.code = ${organisation} and o.until is null
    left join series s on s.metric = m.code and s.organisation = o.code
    left join series_decision d on d.series = s.id
    where m.code = ${metric} and m.until is null`.execute(db);
  return rows[0] === undefined ? null : asSeriesPoints(rows[0]);
}

export function asSeriesPoints(row: SeriesRow): SeriesPoints {
  const { metric, organisation, frequency, better, area, kind, definitionChanges, recalculations } = row;
  const targets = row.targets.map(asThreshold);
  const targetIn = (period: Period) => thresholdInForce(targets, period, kind === "system")?.board ?? null;
  const points = row.series === null ? [] : pointsOf(decodeDecision(row), frequency, targetIn);
  const known = { metric, organisation, frequency, better, area, kind, definitionChanges, recalculations, points };
  return row.expected === null ? known : { ...known, expected: asPath(row.expected) };
}

function pointsOf(
  decision: SeriesDecision,
  frequency: Frequency,
  targetIn: (period: Period) => number | null,
): SeriesPoint[] {
  const numberAt = (values: Float64Array, at: number) => (Number.isNaN(values[at]) ? null : (values[at] ?? null));
  return Array.from({ length: decision.count }, (_, at) => {
    const period = (decision.first + at * stepOf(frequency)) as Period;
    return {
      period,
      value: numberAt(decision.values, at),
      numerator: numberAt(decision.numerators, at),
      denominator: numberAt(decision.denominators, at),
      plan: numberAt(decision.plans, at),
      target: targetIn(period),
      rag: RAGS[decision.rag[at] ?? 0] ?? "grey",
      provisional: decision.provisional[at] === 1,
      deterioratingFor: decision.deterioratingFor[at] ?? 0,
      watch: decision.watch[at] === 1,
      tier: tierAt(decision.tier[at]),
      reasons: reasonsOf(decision.reasons[at] ?? 0),
      partial: decision.partial[at] === 1,
      missing: decision.missing[String(period)] ?? [],
      submission: numberAt(decision.submissions, at),
      restated: decision.restated[at] === 1,
      mark: decision.marks[period] ?? null,
      noValue: decision.noValues[period] ?? null,
      threshold: numberAt(decision.thresholds, at),
    };
  });
}

/** Targets are chosen like approved thresholds (contract 4), so they take their shape: the target is the board limit. */
function asThreshold({ id, organisation, value, from, to }: TargetRow): ThresholdRow {
  const scope = organisation === null ? "*" : "own";
  return { id, scope, status: "approved", basis: "value", board: value, slt: null, from, to };
}

/**
 * The series as those see it who see it by forum alone: a value of a submission that waits for its executive's sign-off, and
 * what was decided of it, are left out; what stood before it still does.
 */
export function withoutUnsigned<Found extends Pick<SeriesPoints, "metric" | "organisation" | "points">>(
  found: Found,
  unsigned: Unsigned,
): Found {
  const { metric, organisation } = found;
  const isKeptBack = ({ period, submission }: SeriesPoint) =>
    unsigned.waits({ metric, organisation, period, submission });
  if (!found.points.some(isKeptBack)) return found;
  let tier: SeriesPoint["tier"] = "none";
  const points = found.points.map((point): SeriesPoint => {
    const waits = isKeptBack(point);
    if (!waits) tier = point.tier;
    return waits ? { ...point, ...KEPT_BACK, tier } : point;
  });
  return { ...found, points };
}

const KEPT_BACK = {
  value: null,
  numerator: null,
  denominator: null,
  rag: "grey",
  provisional: false,
  deterioratingFor: 0,
  watch: false,
  reasons: [],
  partial: false,
  missing: [],
  submission: null,
  restated: false,
  mark: null,
  noValue: NOT_SIGNED_OFF,
  threshold: null,
} as const satisfies Partial<SeriesPoint>;
