import type { Better } from "../metric.ts";
import { type Frequency, type Period, periodContaining, stepOf } from "../period.ts";
import type { Kind } from "../spc/chart.ts";

/** One period of a series, with what its chart makes of it; NaN for no value. */
export interface MovePoint {
  readonly period: Period;
  readonly value: number;
  readonly kind: Kind;
}

/** A series since the actions of a plan were delivered. */
export interface SinceDelivery {
  readonly points: readonly MovePoint[];
  readonly better: Better;
  /** Whether control limits say something of it: enough values, and of a unit that varies about a mean. */
  readonly hasLimits: boolean;
  /** The period in which the last action was delivered. */
  readonly deliveredIn: Period;
  /** What the plan expected by its last period, in the metric's unit; null where it named no value. */
  readonly promised: number | null;
}

/** Whether a figure moved, by what that was judged, and how many periods with a value there were since. */
export interface Effect {
  readonly moved: boolean;
  /** By the chart; where it has no limits by the value that the plan promised, or without one by the value at delivery. */
  readonly by: "spc" | "promise" | "before";
  readonly periods: number;
}

/** How many values a chart needs before its limits are taken at their word. */
export const VALUES_FOR_LIMITS = 12;

/**
 * Whether a figure moved for the better once the actions were done: the latest special cause in the points since delivery is
 * one of improvement. Where neither way is better any special cause is a move. Points of the period of delivery count as since.
 */
export function hasMoved({ points, better, hasLimits, deliveredIn, promised }: SinceDelivery): Effect {
  const since = points.filter(({ period, value }) => period >= deliveredIn && !Number.isNaN(value));
  const periods = since.filter(({ period }) => period > deliveredIn).length;
  if (hasLimits) {
    const last = since.findLast(({ kind }) => kind !== "common")?.kind;
    return { moved: last !== undefined && last !== "concern", by: "spc", periods };
  }
  const before = points.findLast(({ period, value }) => period <= deliveredIn && !Number.isNaN(value))?.value;
  const last = since.findLast(({ period }) => period > deliveredIn)?.value;
  if (last === undefined) return { moved: false, by: promised === null ? "before" : "promise", periods };
  if (promised !== null) return { moved: !isWorse(last, promised, better), by: "promise", periods };
  return { moved: before !== undefined && isWorse(before, last, better), by: "before", periods };
}

function isWorse(one: number, other: number, better: Better): boolean {
  if (better === "higher") return one < other;
  return better === "lower" ? one > other : one !== other;
}

/**
 * The period after which a figure is asked about: the last that the plan named, later by as many months as the actions were
 * delivered late, and one period after the delivery at the least.
 */
export function judgedIn(
  { by, lastDueOn, deliveredOn }: { by: Period; lastDueOn: Temporal.PlainDate; deliveredOn: Temporal.PlainDate },
  frequency: Frequency,
): Period {
  const delivered = periodContaining(deliveredOn, frequency);
  const late = Math.max(0, delivered - periodContaining(lastDueOn, frequency));
  return Math.max(by + late, delivered + stepOf(frequency)) as Period;
}
