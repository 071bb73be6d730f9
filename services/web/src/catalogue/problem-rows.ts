import { type CatalogueFiles, type Problem, rowsAt, type RowsAt } from "@signalbox/catalogue";
import type { DraftProblem } from "./draft-outcome.ts";

const LONGEST = 200;
const NO_ROWS: RowsAt = new Map();

/** Problems with the cell and the row that each is of, as they stood in the file. */
export async function withRows(problems: readonly Problem[], files: CatalogueFiles): Promise<DraftProblem[]> {
  const lines = Map.groupBy(problems, ({ file }) => file);
  const rows = new Map(
    await Promise.all(
      [...lines].map(async ([file, of]) => {
        const pieces = file.endsWith(".csv") ? await files(file) : null;
        const found = pieces === null ? NO_ROWS : await rowsAt(pieces, new Set(of.map(({ line }) => line)));
        return [file, found] as const;
      }),
    ),
  );
  return problems.map((problem) => {
    // The first line is the header: what is wrong there is of no row.
    const row = problem.line === 1 ? [] : (rows.get(problem.file)?.get(problem.line) ?? []);
    const column = problem.column.trim().toLowerCase();
    const said = row.find(([name]) => name === column)?.[1];
    return {
      file: problem.file,
      line: problem.line,
      column: shortened(problem.column),
      message: plain(problem.message),
      said: said === undefined ? null : shortened(said),
      row: row.map(([name, cell]): [string, string] => [shortened(name), shortened(cell)]),
    };
  });
}

/** A text cut short, without the one character that a database does not take. */
export function shortened(text: string): string {
  return plain(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

function plain(text: string): string {
  return text.replaceAll("\0", "\ufffd").toWellFormed();
}
