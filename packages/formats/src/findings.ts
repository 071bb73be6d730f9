import { RowGatherer } from "./canonical-rows.ts";
import { ProblemList } from "./problem.ts";

/** What reading has found so far. */
export class Findings {
  readonly rows = new RowGatherer();
  readonly problems = new ProblemList();
  /** Canonical rows met, whether they count or not. */
  read = 0;
  refused = 0;
}

/** Turns a file's rows into findings. `end` throws FileRejected where the rows held no header. */
export interface Layout {
  onRow: (cells: readonly string[], row: number) => void;
  end(): void;
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
