import { read } from "@e965/xlsx";

export type PlainCell = string | number | null;

/**
 * A sheet's cells as another library reads them and no rule of ours: what our own reading is held against. The first row
 * and column are 0; numbers are as stored (a percentage is a fraction, a date the days since 1900), text as it stands.
 */
export function plainSheet(bytes: Buffer, name: string): PlainCell[][] {
  const sheet: unknown = read(bytes, { dense: true, cellDates: false }).Sheets[name]?.["!data"];
  if (!Array.isArray(sheet)) throw new Error(`The workbook has no sheet ${name}.`);
  return Array.from(sheet as unknown[], (row) => (Array.isArray(row) ? Array.from(row as unknown[], plainCell) : []));
}

/** The sum of a column's numbers, a cell that holds none counting nothing. */
export function sumOf(rows: readonly (readonly PlainCell[])[], column: number): number {
  return rows.reduce((sum, row) => sum + numberIn(row[column]), 0);
}

/** The number that a cell holds, and 0 where it holds text or nothing. */
export function numberIn(cell: PlainCell | undefined): number {
  return typeof cell === "number" ? cell : 0;
}

function plainCell(cell: unknown): PlainCell {
  if (typeof cell !== "object" || cell === null || !("v" in cell)) return null;
  return typeof cell.v === "number" || typeof cell.v === "string" ? cell.v : null;
}
