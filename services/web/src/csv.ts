import { csvLine } from "@signalbox/formats/marked-file/harmless";

/** Rows as CSV (RFC 4180) in which no cell is a formula: such a one is led by an apostrophe. */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => csvLine(row.map((cell) => String(cell ?? "")))).join("");
}
