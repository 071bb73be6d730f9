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
  const points: ChartPoint[] = [];
  const groups = groupsOf(values.length, starts);
  for (let group = 0; group < groups.length; group++) {
    const part = groups.length === 1 ? values : values.subarray(groups[group], groups[group + 1]);
    const limits = limitsOf(part, options);
    const { cause, direction } = specialCauses(part, limits, options);
    for (let at = 0; at < part.length; at++) {
      const way = direction[at] ?? 0;
      points.push({
        value: part[at] ?? NaN,
        group,
        limits,
        cause: CAUSES[cause[at] ?? 0] ?? "none",
        direction: way,
        kind: kindOf(way, better),
      });
    }
  }
  const last = points.at(-1);
  const assurance = last === undefined || target === null ? null : assuranceOf(target, last.limits, better);
  return { points, variation: last?.kind ?? "common", assurance };
}

/** Where each group begins, in order. */
function groupsOf(length: number, starts: readonly number[]): readonly number[] {
  if (length === 0) return [];
  if (starts.length === 0) return [0];
  return [0, ...[...new Set(starts)].filter((at) => at > 0 && at < length).toSorted((a, b) => a - b)];
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
