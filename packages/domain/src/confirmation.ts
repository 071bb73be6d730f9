import type { Better } from "./metric.ts";
import { specialCauseOfLast } from "./spc/last-point.ts";

/** The least number of figures from which a run may be confirmed. */
const FIGURES_NEEDED = 12;

/**
 * Whether the last of these figures is special cause of concern, outside a limit or one of two in three (contract 6, rule
 * 5). `figures` are one definition's, in order of period up to the one judged; NaN is missing.
 */
export function confirmsDeterioration(better: Better, figures: Float64Array): boolean {
  let present = 0;
  for (let i = 0; i < figures.length; i += 1) if (!Number.isNaN(figures[i])) present += 1;
  if (present < FIGURES_NEEDED) return false;
  const cause = specialCauseOfLast(figures);
  return cause === (better === "higher" ? "low" : "high");
}
