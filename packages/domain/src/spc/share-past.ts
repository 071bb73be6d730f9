import type { Better } from "../metric.ts";
import type { Limits } from "./limits.ts";

/**
 * The share of periods, from 0 to 1, in which a process that stays as it is will be past a limit: its values taken as
 * normal about the mean, three standard deviations out to the process limits. Null where it has no limits, and where neither
 * way is better.
 */
export function sharePast(limit: number, { mean, upper }: Limits, better: Better): number | null {
  const deviation = (upper - mean) / 3;
  if (Number.isNaN(deviation) || better === "neither") return null;
  if (deviation === 0) return (better === "higher" ? mean < limit : mean > limit) ? 1 : 0;
  const below = normal((limit - mean) / deviation);
  return better === "higher" ? below : 1 - below;
}

/** The share of a normal distribution below so many standard deviations, to 1.5e-7 (Abramowitz and Stegun, 7.1.26). */
function normal(deviations: number): number {
  const x = Math.abs(deviations) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const terms = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  const tail = terms.reduce((sum, term) => (sum + term) * t, 0) * Math.exp(-x * x);
  return deviations < 0 ? tail / 2 : 1 - tail / 2;
}
