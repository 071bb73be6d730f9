import type { Aggregation } from "../metric.ts";

/** The plan of one below for a period, and the denominator of its value in it; NaN for none. */
export interface PlanBelow {
  readonly plan: number;
  readonly denominator: number;
}

/**
 * What the plans of those below add up to for the one above, as the metric's values do: their sum, or their mean by
 * denominators. NaN where one of them has no plan, since the rest says nothing of the whole.
 */
export function aggregatePlan(aggregation: Aggregation, below: readonly PlanBelow[]): number {
  if (aggregation === "none" || below.length === 0) return NaN;
  let sum = 0;
  let weights = 0;
  for (const { plan, denominator } of below) {
    sum += aggregation === "sum" ? plan : plan * denominator;
    weights += denominator;
  }
  if (aggregation === "sum") return sum;
  return weights === 0 ? NaN : sum / weights;
}
