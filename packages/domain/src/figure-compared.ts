import type { Basis } from "./thresholds.ts";
import type { Unit } from "./value.ts";

/** Whether the system's plan says anything of another organisation: a share or a duration does, a count does not. */
export function systemPlanCounts(unit: Unit): boolean {
  return unit === "percent" || unit === "rate" || unit === "duration";
}

/** The plan that counts (contract 6, rule 2): the own one first, while provisional the system's; NaN is no plan. */
export function planThatCounts(own: number, system: number, provisional: boolean): number {
  if (provisional) return Number.isNaN(system) ? own : system;
  return Number.isNaN(own) ? system : own;
}

/** What is compared with the limits, unrounded; NaN without a value or, for a variance, without a plan. */
export function figureCompared(basis: Basis, value: number, plan: number): number {
  if (basis === "value") return value;
  const variance = value - plan;
  if (basis === "variance") return variance;
  if (plan === 0) return variance === 0 ? 0 : variance * Infinity;
  return (100 * variance) / Math.abs(plan);
}

/** The value at which a series stands on a limit: where it is drawn on a chart. NaN without a plan where one is needed. */
export function limitAsValue(basis: Basis, limit: number, plan: number): number {
  if (basis === "value") return limit;
  return basis === "variance" ? plan + limit : plan + (limit * Math.abs(plan)) / 100;
}
