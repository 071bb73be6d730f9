import { figureCompared } from "../figure-compared.ts";
import type { Better } from "../metric.ts";
import type { AgendaFigure } from "./agenda-case.ts";

/**
 * Which way a figure went between two periods, as it is compared with its limits and rounded as it is shown: 1 for worse, -1
 * for better, 0 where it stayed, where there is none, and where neither way is better.
 */
export function figureMoved(
  was: AgendaFigure,
  is: AgendaFigure,
  { better, decimals }: { better: Better; decimals: number },
): -1 | 0 | 1 {
  if (better === "neither" || was.period === is.period) return 0;
  const basis = is.basis ?? "value";
  const shown = ({ value, plan }: AgendaFigure) =>
    Math.floor(figureCompared(basis, value ?? NaN, plan ?? NaN) * 10 ** decimals + 0.5);
  const change = shown(is) - shown(was);
  if (Number.isNaN(change) || change === 0) return 0;
  return change > 0 === (better === "higher") ? -1 : 1;
}
