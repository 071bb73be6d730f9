import type { Better } from "../metric.ts";

/**
 * How much better (above 0) or worse (below 0) a figure is than the one before, in percent of that one's size; infinite from
 * 0 on, and 0 where neither way is better.
 */
export function relativeChange(better: Better, now: number, before: number): number {
  if (better === "neither" || now === before) return 0;
  const change = (100 * (now - before)) / Math.abs(before);
  return better === "higher" ? change : -change;
}
