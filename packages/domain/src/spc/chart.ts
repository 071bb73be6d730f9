import type { Better } from "../metric.ts";
import { type Limits, limitsOf } from "./limits.ts";
import { CAUSES, type Cause, specialCauses } from "./special-cause.ts";

/** What a special cause means for this metric: `neutral-high` and `neutral-low` where neither way is better. */
export const KINDS = ["common", "improvement", "concern", "neutral-high", "neutral-low"] as const;
export type Kind = (typeof KINDS)[number];

/** Whether the process as it is will meet its target: always, never, or now and then. */
export type Assurance = "pass" | "fail" | "inconsistent";

export interface ChartOptions {
  readonly screenOutliers?: boolean;
  /** How many points the limits are computed of, missing ones too; at least 12. */
  readonly fixAfter?: number;
  /** How many points make a run or trend. */
  readonly points?: 6 | 7;
  readonly closeIncludesOutside?: boolean;
}

/** One value of a chart, with the limits of its group; numbers are NaN where there are none. */
export interface ChartPoint {
  readonly value: number;
  readonly group: number;
  readonly limits: Limits;
  readonly cause: Cause;
  /** Where its special cause points: 1 high or rising, -1 low or falling, 0 common cause. */
  readonly direction: number;
  readonly kind: Kind;
}

export interface SpcChart {
  readonly points: readonly ChartPoint[];
  /** The kind of the last point; `common` where there is none. */
  readonly variation: Kind;
  /** By the target and limits of the last point; null without a target, and where neither way is better. */
  readonly assurance: Assurance | null;
}

/**
 * An XmR chart of values in order, NaN for a missing one. A new group begins at each place in `starts`; every rule looks at
 * one group alone. `target` is that of the last value. Source: NHS England's Making Data Count, as NHSRplotthedots does it.
 */
export function spcChart(
  values: Float64Array,
  {
    better,
    target = null,
    starts = [],
    options = {},
  }: { better: Better; target?: number | null; starts?: readonly number[]; options?: ChartOptions },
): SpcChart {
  const { points: inARow = 7, closeIncludesOutside = false, ...limitOptions } = options;
  const points: ChartPoint[] = [];
  for (const [group, { from, to }] of groupsOf(values.length, starts).entries()) {
    const part = values.subarray(from, to);
    const limits = limitsOf(part, limitOptions);
    const { cause, direction } = specialCauses(part, limits, { points: inARow, closeIncludesOutside });
    for (let at = 0; at < part.length; at++) {
      points.push({
        value: part[at] ?? NaN,
        group,
        limits,
        cause: CAUSES[cause[at] ?? 0] ?? "none",
        direction: direction[at] ?? 0,
        kind: kindOf(direction[at] ?? 0, better),
      });
    }
  }
  const last = points.at(-1);
  const assurance = last === undefined || target === null ? null : assuranceOf(target, last.limits, better);
  return { points, variation: last?.kind ?? "common", assurance };
}

function groupsOf(length: number, starts: readonly number[]): { from: number; to: number }[] {
  const cuts = [...new Set(starts)].filter((at) => at > 0 && at < length).toSorted((a, b) => a - b);
  const from = length === 0 ? [] : [0, ...cuts];
  return from.map((start, place) => ({ from: start, to: from[place + 1] ?? length }));
}

function kindOf(direction: number, better: Better): Kind {
  if (direction === 0) return "common";
  if (better === "neither") return direction > 0 ? "neutral-high" : "neutral-low";
  return direction > 0 === (better === "higher") ? "improvement" : "concern";
}

function assuranceOf(target: number, { lower, upper }: Limits, better: Better): Assurance | null {
  if (better === "neither") return null;
  if (target > upper) return better === "higher" ? "fail" : "pass";
  if (target < lower) return better === "higher" ? "pass" : "fail";
  return "inconsistent";
}
