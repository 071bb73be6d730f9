import type { RowSpc, ScorecardRow } from "@signalbox/db";
import { type Kind, RAGS, relativeChange, TARGET_PLACES } from "@signalbox/domain";

export const SORTS = ["name", "rag", "variation", "change"] as const;
export type Sort = (typeof SORTS)[number];

/** Which rows are shown; what is left out lets all through. */
export interface RowFilter {
  readonly rag?: string | undefined;
  /** A place against the target, or "not-met" for both that are below. */
  readonly against?: string | undefined;
  readonly area?: string | undefined;
  readonly variation?: string | undefined;
}

export type SpcOf = (row: ScorecardRow) => RowSpc;

/** Worst first. */
const VARIATIONS: readonly (Kind | null)[] = ["concern", "neutral-high", "neutral-low", "common", "improvement", null];

/** The rows that a filter lets through. Only a filter by variation asks for the SPC of every row. */
export function filtered(rows: readonly ScorecardRow[], filter: RowFilter, spcOf: SpcOf): ScorecardRow[] {
  const { rag, against, area, variation } = filter;
  return rows.filter(
    (row) =>
      (rag === undefined || row.now.rag === rag) &&
      (area === undefined || row.series.metric.area === area) &&
      (against === undefined || isAgainst(row, against)) &&
      (variation === undefined || spcOf(row).variation === variation),
  );
}

/** The rows worst first by what is asked for; by name they stay as they come, in order of domain and measure. */
export function sorted(rows: readonly ScorecardRow[], sort: Sort, spcOf: SpcOf): readonly ScorecardRow[] {
  if (sort === "name") return rows;
  const rank = { rag: ragRank, variation: (row: ScorecardRow) => variationRank(row, spcOf), change: changeOf }[sort];
  const ranked = rows.map((row) => ({ row, rank: rank(row) }));
  return ranked.toSorted((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank)).map(({ row }) => row);
}

/** How much better or worse a row is than in the period before; NaN without one of both figures, and of what runs up. */
export function changeOfRow({ series, now, before }: ScorecardRow): number {
  if (series.metric.accumulates !== "none" || now.value === null || before === null || before.value === null)
    return NaN;
  return relativeChange(series.metric.better, now.value, before.value);
}

function isAgainst({ now }: ScorecardRow, against: string): boolean {
  return against === "not-met" ? now.against.startsWith("below") : now.against === against;
}

/** Red first; of one colour those furthest below their target. */
function ragRank({ now }: ScorecardRow): number {
  return (RAGS.length - RAGS.indexOf(now.rag)) * TARGET_PLACES.length + TARGET_PLACES.indexOf(now.against);
}

function variationRank(row: ScorecardRow, spcOf: SpcOf): number {
  return VARIATIONS.indexOf(spcOf(row).variation);
}

function changeOf(row: ScorecardRow): number {
  const change = changeOfRow(row);
  // Better than nothing at all is better without bounds, and still before those that cannot be compared.
  return Number.isNaN(change) ? Infinity : Math.min(change, Number.MAX_VALUE);
}
