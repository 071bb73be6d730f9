import type { MetricNotation } from "./canonical-row.ts";
import type { CanonicalRows } from "./canonical-rows.ts";
import type { Problem } from "./problem.ts";
import type { Template } from "./template.ts";

/** What reading needs, as plain data: it may cross to another thread. */
export interface ReadRequest {
  bytes: Buffer;
  filename: string | null;
  mediaType: string;
  /** The layouts that the file may have beside the canonical one. */
  templates: readonly Template[];
  /** Whether a template was named: the file then has its layout and no other, not even the canonical one. */
  named: boolean;
  metrics: ReadonlyMap<string, MetricNotation>;
  /** Today in Europe/London, "YYYY-MM-DD"; a period that begins later is refused. */
  now: string;
  /** The least of a metric's plans and limits, in points. A metric that is not here does not look like fractions. */
  lowestGoals?: ReadonlyMap<string, number>;
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
  /** The template by which it was read, or by which it was refused; none for the canonical layout. */
  template?: string;
  /** The sheet that all rows and the numbers of problems are of; none for a CSV file and where several sheets were read. */
  sheet?: string;
  /** "YYYY-MM-DD", where the template reads an issue date. */
  issued: string | null;
}
