import { limitsOf } from "./limits.ts";
import { isOutside, sideOf } from "./point.ts";
import { twoInThree } from "./two-in-three.ts";

/** Where the last value lies if it is outside a limit or one of two in three; null otherwise. One group, screened. */
export function specialCauseOfLast(values: Float64Array): "high" | "low" | null {
  const last = values.length - 1;
  const value = values[last] ?? NaN;
  const limits = limitsOf(values);
  const special = isOutside(value, limits) || twoInThree(values.subarray(-3), limits)[Math.min(last, 2)] === 1;
  if (!special) return null;
  return sideOf(value, limits) > 0 ? "high" : "low";
}
