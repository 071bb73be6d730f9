import type { SeriesPoint } from "@signalbox/db";
import { formatValue, nameOfPeriod } from "@signalbox/domain";
import { limitRowInWords, limitsOf } from "@signalbox/explain/limit-words";
import { figureInWords } from "../figure-words.ts";
import { RAG_MARKS } from "../rag-marks.ts";
import type { SeenCommentary } from "./read-commentary.ts";

/** What changed from the period before to this one, a row each: value, RAG, limit, plan. */
export function whatChanged({ found, metric, catalogue, point, before }: SeenCommentary) {
  const limits = limitsOf(catalogue, found);
  const limitAt = (one: SeriesPoint) => {
    const row = limits(one.period);
    return row === null ? "none" : limitRowInWords(row, metric);
  };
  const rag = (one: SeriesPoint) => `${RAG_MARKS[one.rag].shape} ${RAG_MARKS[one.rag].word}`;
  const rows: readonly (readonly [what: string, of: (one: SeriesPoint) => string])[] = [
    ["Value", (one) => figureInWords(one, metric)],
    ["RAG", rag],
    ["Limits", limitAt],
    ["Plan", (one) => (one.plan === null ? "none" : formatValue(one.plan, metric))],
  ];
  return {
    before: before === null ? null : nameOfPeriod(before.period, found.frequency),
    now: nameOfPeriod(point.period, found.frequency),
    rows: rows.map(([what, of]) => {
      const [was, is] = [before === null ? "–" : of(before), of(point)];
      return { what, was, is, changed: before !== null && was !== is };
    }),
  };
}
