import type { CanonicalRow, MetricNotation } from "./canonical-row.ts";
import type { CanonicalRows } from "./canonical-rows.ts";
import type { Problem } from "./problem.ts";
import type { Template } from "./template.ts";

export interface ReadRequest {
  bytes: Buffer;
  filename: string | null;
  mediaType: string;
  /** Null for the canonical layout. */
  template: Template | null;
  metrics: ReadonlyMap<string, MetricNotation>;
  /** Today in Europe/London; a period that begins later is refused. */
  now: Temporal.PlainDate;
  /** The least of a metric's plans and limits, in points; null where it has none. Without it nothing looks like fractions. */
  lowestGoal?: (metric: CanonicalRow["metric"]) => number | null;
}

export interface ReadResult {
  /** Why the whole file is refused; it is then also the first of `problems`, and there are no rows. */
  rejected: { code: string; message: string } | null;
  /** What counts, in the file's order: one row for each period, organisation and metric. */
  rows: CanonicalRows;
  problems: Problem[];
  /** Canonical rows found: rows.length + unchanged + refused. */
  read: number;
  /** Rows that repeat an earlier row of this file with the same value. */
  unchanged: number;
  /** Rows refused here, each with at least one problem. */
  refused: number;
  /** "YYYY-MM-DD", where the template reads an issue date. */
  issued: string | null;
}
