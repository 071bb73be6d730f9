/** What a spreadsheet program would take for a formula; some take the wide signs of East Asian keyboards for one as well. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** A number, or the dash for none: a plain negative figure stays a figure. */
const FIGURE = /^(?:[+-]?£?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+|%|k|m|bn)?|-)$/i;

/** A cell as a spreadsheet program may open it: one that it would take for a formula is led by an apostrophe. */
export function harmless(cell: string): string {
  return FORMULA.test(cell) && !FIGURE.test(cell) ? `'${cell}` : cell;
}

/** Rows as CSV (RFC 4180) in which no cell is a formula. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: string): string {
  const text = harmless(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
