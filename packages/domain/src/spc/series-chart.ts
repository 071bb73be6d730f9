import type { Better, MetricRules } from "../metric.ts";
import type { Period } from "../period.ts";
import { type ChartOptions, type ChartPoint, type SpcChart, spcChart } from "./chart.ts";

/** A series as it is charted: its value and target by period in order, NaN for none. */
export interface ChartedSeries {
  readonly periods: readonly Period[];
  readonly values: Float64Array;
  readonly targets: Float64Array;
  readonly better: Better;
  /** Periods from which the metric means something else, and those at which a person had the limits worked out anew. */
  readonly newStarts: readonly Period[];
}

export interface SeriesChart extends Pick<SpcChart, "assurance"> {
  /** By period; null before the first value and after the last. */
  readonly points: readonly (ChartPoint | null)[];
  /** The kind of the last value; null without any value. */
  readonly variation: SpcChart["variation"] | null;
}

/**
 * Whether values vary about a mean, so that control limits say something: not grades, not yes or no, and not what runs up
 * since a quarter or year began, which only rises until it falls back to nothing.
 */
export function hasControlLimits({ unit, accumulates }: Pick<MetricRules, "unit" | "accumulates">): boolean {
  return unit !== "ordinal" && unit !== "yesno" && accumulates === "none";
}

/** The same values without limits and without a word on how they vary. */
export function withoutLimits({ points }: SeriesChart): SeriesChart {
  const limits = { mean: NaN, lower: NaN, upper: NaN, nearLower: NaN, nearUpper: NaN };
  const plain = (point: ChartPoint): ChartPoint => ({
    ...point,
    group: 0,
    limits,
    cause: "none",
    direction: 0,
    kind: "common",
  });
  return { points: points.map((point) => point && plain(point)), variation: null, assurance: null };
}

/**
 * The chart of a series from its first to its last value (contract section 7): empty periods between are missing values, a
 * new start is the first period from it on, and the target is that of the last value's period.
 */
export function seriesChart(
  { periods, values, targets, better, newStarts }: ChartedSeries,
  options: ChartOptions = {},
): SeriesChart {
  const first = values.findIndex((value) => !Number.isNaN(value));
  const last = values.findLastIndex((value) => !Number.isNaN(value));
  if (first === -1) return { points: periods.map(() => null), variation: null, assurance: null };
  const charted = periods.slice(first, last + 1);
  const target = targets[last] ?? NaN;
  const chart = spcChart(values.subarray(first, last + 1), {
    better,
    target: Number.isNaN(target) ? null : target,
    starts: newStarts.map((start) => charted.findIndex((period) => period >= start)),
    options,
  });
  return {
    points: periods.map((_, at) => chart.points[at - first] ?? null),
    variation: chart.variation,
    assurance: chart.assurance,
  };
}
