/** What one cell or several became, for `template try`. */
export interface TracedRow {
  sheet: string;
  row: number;
  /** Addresses as a spreadsheet shows them, "F17", and what stood there. */
  cells: readonly { address: string; text: string }[];
  period: string | null;
  organisation: string | null;
  metric: string;
  value: number | null;
  noValue: string | null;
  mark: string | null;
  /** The code of the problem for which it was refused; null where it counts. */
  refused: string | null;
}

/** A table that was found: its header, and what each column is. */
export interface TracedTable {
  sheet: string;
  /** The header's last row. */
  row: number;
  columns: readonly TracedColumn[];
}

export interface TracedColumn {
  /** The header's cell as a spreadsheet shows it, "F14". */
  address: string;
  header: string;
  /** What the template, or the canonical layout, calls it; empty for a column that is not used. */
  names: readonly string[];
}

/** A row that gives nothing, and why. */
export interface PassedRow {
  sheet: string;
  row: number;
  why: "above-the-table" | "one-cell" | "passed-over" | "not-kept" | "after-the-end" | "no-metric";
  text: string;
}

/** Told of all that a reading does, where somebody asked to see it. */
export interface Trace {
  onTable(table: TracedTable): void;
  onRow(row: TracedRow): void;
  onPassed(row: PassedRow): void;
}

/** A cell's address as a spreadsheet shows it: place 5 of row 17 is F17. */
export function addressOf(place: number, row: number): string {
  let letters = "";
  for (let rest = place; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return `${letters}${row}`;
}
