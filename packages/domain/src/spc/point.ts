import type { Limits } from "./limits.ts";

/** Strictly past a process limit; a point on the limit is inside, a missing one is never outside. */
export function isOutside(value: number, limits: Limits): boolean {
  return value > limits.upper || value < limits.lower;
}

/** Past a near limit but not outside. */
export function isClose(value: number, limits: Limits): boolean {
  return !isOutside(value, limits) && (value > limits.nearUpper || value < limits.nearLower);
}

/** 1 above the mean, -1 below, 0 on it, NaN for a missing value. */
export function sideOf(value: number, limits: Limits): number {
  return Math.sign(value - limits.mean);
}
