import { RowGatherer } from "./canonical-rows.ts";
import { type FileRejected, ProblemList } from "./problem.ts";
import type { SheetSeen } from "./reader.ts";

/** What reading has found so far. */
export class Findings {
  readonly rows = new RowGatherer();
  readonly problems = new ProblemList();
  /** Canonical rows met, whether they count or not. */
  read = 0;
  refused = 0;
}

/** Turns a file's rows into findings. Throws FileRejected for what makes the whole file of no use. */
export interface Layout {
  /** The template's name; null for the canonical layout. */
  readonly name: string | null;
  /** Whether the file has this layout's header. */
  readonly fits: boolean;
  /** Whether the rest of this sheet can be of no use to it. */
  readonly idle: boolean;
  wants(sheet: SheetSeen): boolean;
  onRow(cells: readonly string[], row: number, hidden: boolean): void;
  sheetEnds(): void;
  /** The name of the one sheet whose rows were read; null where several were, or none. "" is a CSV file's. */
  readonly readSheet: string | null;
  /** After the last sheet. Throws FileRejected where no sheet had the header. */
  end(): void;
  /** Why a file that does not fit does not. */
  rejection(): FileRejected;
  /** How many of its columns the likeliest header had. */
  readonly had: number;
  /** The issue date that the layout has read, "YYYY-MM-DD". */
  issued(): string | null;
}

/** A row of the table's text around it: one cell and no more. Titles, notes and footers are written so. */
export function isNote(cells: readonly string[]): boolean {
  let filled = 0;
  for (const cell of cells) if (cell !== "" && cell.trim() !== "" && ++filled > 1) return false;
  return true;
}

/** Whether a row has cells beyond its header: an unquoted comma has then moved what follows it. */
export function isTooLong(cells: readonly string[], columns: number): boolean {
  for (let place = columns; place < cells.length; place++) if (cells[place]?.trim()) return true;
  return false;
}
