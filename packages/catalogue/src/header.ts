import { suggestion } from "./nearest.ts";
import type { FileProblems } from "./problem.ts";

/** The columns of a file; those of `mayLack` may be left out, and those of `passedOver`, which it leaves with, say nothing. */
export interface Shape<Column extends string> {
  readonly file: string;
  readonly columns: readonly Column[];
  readonly mayLack?: readonly Column[];
  readonly passedOver?: readonly string[];
}

/**
 * Where each column stands, by its place in the row; -1 where it was left out. Null where a column that is needed is
 * missing, for then no row can be read. Case and surrounding blanks of headers do not matter, nor does their order.
 */
export function readHeader<Column extends string>(
  { columns, mayLack = [], passedOver = [] }: Shape<Column>,
  cells: readonly string[],
  { line, problems }: { line: number; problems: FileProblems },
): ReadonlyMap<Column, number> | null {
  const named = cells.map((cell) => cell.trim().toLowerCase());
  const separator = /[;\t]/.exec(cells[0] ?? "")?.[0];
  if (separator !== undefined && cells.length === 1) {
    problems.add(
      line,
      "file",
      `cells are separated by ${separator === ";" ? "semicolons" : "tabs"}; save the file with commas`,
    );
    return null;
  }
  named.forEach((name, place) => {
    const known = columns.some((column) => column === name);
    if (known && named.indexOf(name) !== place) problems.add(line, name, "the column is given twice");
    if (!known && name !== "" && !passedOver.includes(name))
      problems.add(line, cells[place]?.trim() ?? "", `unknown column${suggestion(name, columns)}`);
  });
  const missing = columns.filter((column) => !named.includes(column) && !mayLack.includes(column));
  for (const column of missing) problems.add(line, column, "the column is missing");
  return missing.length > 0 ? null : new Map(columns.map((column) => [column, named.indexOf(column)]));
}
