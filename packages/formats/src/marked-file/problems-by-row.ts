import type { Problem } from "../problem.ts";

/** What is wrong with a file, as it is written back into it. */
export interface ProblemsByRow {
  /** What concerns the whole file, or rows of which nobody knows any more on which sheet they stood. */
  readonly onTop: readonly string[];
  /** What is wrong with one row of a sheet; "" where nothing is. */
  of(sheet: string, row: number): string;
}

const SHEET = /^Sheet (.+?): /s;

/**
 * Sorts problems by the rows they are of. `sheet` is the one that was read; null where several were: then a problem's message
 * names its sheet, and one that names none goes on top with its row.
 */
export function problemsByRow(problems: readonly Problem[], sheet: string | null): ProblemsByRow {
  const onTop: string[] = [];
  const bySheet = new Map<string, Map<number, string[]>>();
  for (const problem of problems) {
    const named = SHEET.exec(problem.message)?.[1] ?? null;
    const place = named ?? sheet;
    if (problem.row === null || place === null) {
      onTop.push(problem.row === null ? inWords(problem) : `Row ${problem.row}: ${inWords(problem)}`);
      continue;
    }
    const rows = bySheet.get(place) ?? new Map<number, string[]>();
    bySheet.set(place, rows);
    const said = rows.get(problem.row) ?? [];
    rows.set(problem.row, said);
    said.push(inWords(problem));
  }
  return { onTop, of: (name, row) => bySheet.get(name)?.get(row)?.join(" ") ?? "" };
}

function inWords({ severity, column, message }: Problem): string {
  const words = column === null ? message : `${column}: ${message}`;
  return severity === "warning" ? `(Counts, but: ${words})` : words;
}
