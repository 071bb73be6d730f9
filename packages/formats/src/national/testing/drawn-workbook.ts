import { read, write } from "@e965/xlsx";
import { type CellValue, writeXlsx, type WriteSheet } from "hucre";

/** A number that its cell shows as a percentage: 0.946 as 94.6%. */
export interface Shown {
  number: number;
  as: string;
}

export type DrawnCell = CellValue | Shown;

export interface DrawnSheet {
  name: string;
  rows: readonly (readonly DrawnCell[])[];
  /** As a spreadsheet names them: "G14:K14". */
  merges?: readonly string[];
  hidden?: boolean;
}

/** A fraction in a cell of a percent format. */
export const percent = (number: number): Shown => ({ number, as: "0.0%" });

/** Draws a workbook as a publisher's would come: nothing that is not in `rows`, empty cells left out. */
export async function workbook(...sheets: DrawnSheet[]): Promise<Buffer> {
  return Buffer.from(await writeXlsx({ sheets: sheets.map(drawn) }));
}

/** The same workbook as an .xls of Excel 97 to 2003. */
export function asXls(xlsx: Buffer): Buffer {
  return Buffer.from(write(read(xlsx, { cellNF: true }), { type: "buffer", bookType: "biff8" }));
}

/** The block that NHS England puts over its tables: labels in column B, what they say in column C, from row 2 on. */
export function preamble(said: Readonly<Record<string, DrawnCell>>): DrawnCell[][] {
  return [[], ...Object.entries(said).map(([label, text]) => (label.startsWith(" ") ? [] : [null, `${label}:`, text]))];
}

function drawn({ name, rows, merges = [], hidden = false }: DrawnSheet): WriteSheet {
  const cells: NonNullable<WriteSheet["cells"]> = new Map();
  const plain = rows.map((row, down) =>
    row.map((cell, across) => {
      if (!isShown(cell)) return cell;
      cells.set(`${down},${across}`, { value: cell.number, style: { numFmt: cell.as } });
      return cell.number;
    }),
  );
  return { name, rows: plain, cells, hidden, merges: merges.map(mergeOf) };
}

function isShown(cell: DrawnCell): cell is Shown {
  return typeof cell === "object" && cell !== null && "as" in cell;
}

function mergeOf(range: string): { startRow: number; startCol: number; endRow: number; endCol: number } {
  const [start = { row: 0, column: 0 }, end = start] = range.split(":").map(placeOf);
  return { startRow: start.row, startCol: start.column, endRow: end.row, endCol: end.column };
}

function placeOf(cell: string): { row: number; column: number } {
  const [, letters = "", digits = ""] = /^([A-Z]+)(\d+)$/.exec(cell) ?? [];
  const column = Array.from(letters).reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(digits) - 1, column };
}
