import { type Better, isWorse } from "./metric.ts";
import type { ThresholdRow } from "./thresholds.ts";

export const RAGS = ["grey", "unrated", "green", "amber", "red"] as const;
export type Rag = (typeof RAGS)[number];

export const GREY = 0;
export const UNRATED = 1;
export const GREEN = 2;
export const AMBER = 3;
export const RED = 4;

/** The RAG (its place in RAGS) of a figure against a threshold; a figure equal to a limit is not past it. */
export function rate(better: Better, figure: number, threshold: ThresholdRow): number {
  if (better === "neither" || Number.isNaN(figure)) return UNRATED;
  if (threshold.slt !== null && isWorse(better, figure, threshold.slt)) return RED;
  if (threshold.board !== null && isWorse(better, figure, threshold.board)) return AMBER;
  return GREEN;
}
