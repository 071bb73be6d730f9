import type { Period } from "./period.ts";

export const BASES = ["value", "variance", "percent-variance"] as const;
export type Basis = (typeof BASES)[number];

/** A row of thresholds.csv as one series sees it: its own, of its organisation's level, or general. */
export interface ThresholdRow {
  readonly id: number;
  readonly scope: "own" | "level" | "*";
  readonly status: "approved" | "draft";
  readonly basis: Basis;
  readonly board: number | null;
  readonly slt: number | null;
  readonly from: Period;
  readonly to: Period | null;
}

/** The threshold in force in a period (contract 6, rule 1), or null; the system's own series has no own rows. */
export function thresholdInForce(
  rows: readonly ThresholdRow[],
  period: Period,
  isSystem: boolean,
): ThresholdRow | null {
  let best: ThresholdRow | null = null;
  for (const row of rows) {
    if (row.from > period || (row.to !== null && row.to < period)) continue;
    const rank = rankOf(row, isSystem);
    if (rank === 0) continue;
    const bestRank = best === null ? 0 : rankOf(best, isSystem);
    if (rank > bestRank || (best !== null && rank === bestRank && row.from > best.from)) best = row;
  }
  return best;
}

/** 0 where a row does not count for the series at all. */
function rankOf(row: ThresholdRow, isSystem: boolean): number {
  if (row.scope === "own" && (isSystem || row.status === "draft")) return 0;
  const near = row.scope === "own" ? 3 : row.scope === "level" ? 2 : 1;
  return row.status === "approved" ? 3 + near : near;
}
