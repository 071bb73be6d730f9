import { figureCompared, limitAsValue } from "../figure-compared.ts";
import { type Better, isWorse } from "../metric.ts";
import { type Frequency, stepOf } from "../period.ts";
import type { Rag } from "../rag.ts";
import type { Basis } from "../thresholds.ts";

/** A figure and the limits that rated it, each in its own notation; null for none. */
export interface RatedFigure {
  readonly value: number | null;
  readonly plan: number | null;
  readonly better: Better;
  readonly basis: Basis | null;
  readonly board: number | null;
  readonly slt: number | null;
}

/** How far a figure is past the worst limit that it is past. */
export interface PastLimit {
  readonly rag: Extract<Rag, "red" | "amber">;
  readonly limit: "slt" | "board";
  /** In the metric's unit, above 0, whichever way is better. */
  readonly by: number;
  /** The value at which it would stand on that limit. */
  readonly at: number;
}

/** How far a figure is past its SLT limit, else past its board's; null where it is past neither, or there is nothing to say. */
export function pastLimit({ value, plan, better, basis, board, slt }: RatedFigure): PastLimit | null {
  if (value === null || basis === null || better === "neither") return null;
  const figure = figureCompared(basis, value, plan ?? Number.NaN);
  for (const [limit, rag, line] of [["slt", "red", slt] as const, ["board", "amber", board] as const]) {
    if (line === null) continue;
    const at = limitAsValue(basis, line, plan ?? Number.NaN);
    if (isWorse(better, figure, line) && !Number.isNaN(at)) return { rag, limit, by: Math.abs(value - at), at };
  }
  return null;
}

/** For how many periods a case has stood, its first and its last among them. */
export function breachLength(
  { raisedIn, through }: { readonly raisedIn: number; readonly through: number },
  frequency: Frequency,
): number {
  return Math.max(1, Math.floor((through - raisedIn) / stepOf(frequency)) + 1);
}
