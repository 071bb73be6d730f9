import type { MetricRules } from "./metric.ts";
import type { Period } from "./period.ts";
import type { Implausible, MetricPlausibility } from "./plausibility.ts";
import { definitionChanges, runFigures } from "./run-figures.ts";

/** What is asked of a value beside its history; null for what is not asked. Values are in the metric's unit. */
export interface ValueChecks {
  readonly range: { readonly from: number | null; readonly to: number | null; readonly outcome: Implausible } | null;
  /** So many times the usual moving range is a jump. */
  readonly jump: { readonly times: number; readonly outcome: Implausible } | null;
  /** A 0 is sudden where at least this was usual. */
  readonly zero: { readonly after: number; readonly outcome: Implausible } | null;
}

/** Why a value is not believed, with the figures that it was judged by. */
export type Doubt =
  | {
      readonly code: "out-of-range";
      readonly outcome: Implausible;
      readonly from: number | null;
      readonly to: number | null;
    }
  | {
      readonly code: "jump";
      readonly outcome: Implausible;
      readonly figure: number;
      readonly before: number;
      readonly usual: number;
      readonly times: number;
    }
  | { readonly code: "sudden-zero"; readonly outcome: Implausible; readonly usual: number };

/** A series as it was said, place by place from `first`; NaN is no value. */
export interface SaidSeries {
  readonly metric: MetricRules;
  readonly first: Period;
  readonly values: Float64Array;
  /** What is asked of the value in a place: the template that gave it may ask for something else than the metric. */
  checksAt(place: number): ValueChecks | null;
}

const WINDOW = 12;
const LEAST = 6;

/** What a metric asks of its values; null for nothing. */
export function checksOf(metric: MetricPlausibility): ValueChecks | null {
  const { plausibleFrom: from, plausibleTo: to, plausibleJump: times, zeroAfter: after, implausible: outcome } = metric;
  if (from === null && to === null && times === null && after === null) return null;
  return {
    range: from === null && to === null ? null : { from, to, outcome },
    jump: times === null ? null : { times, outcome },
    zero: after === null ? null : { after, outcome },
  };
}

/** A template beats the metric, check by check: what it says nothing of is asked as the metric says. */
export function checksBeatenBy(
  metric: ValueChecks | null,
  template: Partial<ValueChecks> | undefined,
): ValueChecks | null {
  if (template === undefined) return metric;
  return { range: null, jump: null, zero: null, ...metric, ...template };
}

/**
 * The places whose values are not believed. Each is judged beside the up to 12 values before it, as they were said, since
 * the metric last changed its meaning: so the verdict is a function of the series, whatever came first. What accumulates is
 * judged by its increments.
 */
export function judgeValues(series: SaidSeries): Map<number, readonly Doubt[]> {
  const { metric, first, values } = series;
  const changed = definitionChanges(metric, first, values.length);
  const figures = metric.accumulates === "rolling-12" ? values : runFigures(metric, first, values, changed);
  const doubted = new Map<number, readonly Doubt[]>();
  let before: number[] = [];
  for (let place = 0; place < values.length; place++) {
    if (changed[place] === 1) before = [];
    const figure = figures[place] ?? NaN;
    const checks = series.checksAt(place);
    if (checks !== null) {
      const doubts = [
        outOfRange(checks, values[place] ?? NaN),
        jump(checks, figure, { before, least: 10 ** -metric.decimals }),
        suddenZero(checks, figure, before),
      ].filter((doubt) => doubt !== null);
      if (doubts.length > 0) doubted.set(place, doubts);
    }
    if (Number.isNaN(figure)) continue;
    before.push(figure);
    if (before.length > WINDOW) before.shift();
  }
  return doubted;
}

function outOfRange({ range }: ValueChecks, value: number): Doubt | null {
  if (range === null || Number.isNaN(value)) return null;
  const { from, to } = range;
  return value < (from ?? -Infinity) || value > (to ?? Infinity) ? { code: "out-of-range", ...range } : null;
}

/**
 * A jump leaves both of the values before it, so that the fall back from one is none, nor the month after a new level. The
 * usual moving range is the median, and at least one in the last place shown: an even series does not make all else a jump.
 */
function jump(
  { jump: asked }: ValueChecks,
  figure: number,
  { before, least }: { before: readonly number[]; least: number },
): Doubt | null {
  if (asked === null || Number.isNaN(figure) || before.length < LEAST) return null;
  const usual = Math.max(median(before.slice(1).map((value, i) => Math.abs(value - (before[i] ?? NaN)))), least);
  const [last = NaN, other = NaN] = before.slice(-2).toReversed();
  const distance = Math.min(Math.abs(figure - last), Math.abs(figure - other));
  return distance > asked.times * usual
    ? { code: "jump", outcome: asked.outcome, figure, before: last, usual, times: asked.times }
    : null;
}

function suddenZero({ zero }: ValueChecks, figure: number, before: readonly number[]): Doubt | null {
  if (zero === null || figure !== 0 || before.length < LEAST) return null;
  const usual = median(before.slice(-LEAST));
  return usual >= zero.after ? { code: "sudden-zero", outcome: zero.outcome, usual } : null;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
