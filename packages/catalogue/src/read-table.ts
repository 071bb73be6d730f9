import type { CatalogueFiles } from "./catalogue-files.ts";
import { Cells } from "./cells.ts";
import { readHeader, type Shape } from "./header.ts";
import { parseCsv } from "./parse-csv.ts";
import { FileProblems } from "./problem.ts";
import { UnreadableFile } from "./read-bytes.ts";

/** What became of a file: `whole` says that each of its rows was seen, so that a code it does not have is unknown. */
export interface TableRead {
  readonly problems: FileProblems;
  readonly whole: boolean;
}

/** Reads a file of the catalogue row by row; blank rows are passed over. A missing file is a problem unless `optional`. */
export async function readTable<Column extends string>(
  files: CatalogueFiles,
  shape: Shape<Column> & { readonly optional?: boolean },
  take: (cells: Cells<Column>) => void,
): Promise<TableRead> {
  const problems = new FileProblems(shape.file);
  const pieces = await files(shape.file);
  if (pieces === null) {
    if (!shape.optional) problems.add(1, "file", "the file is missing");
    return { problems, whole: shape.optional === true };
  }
  try {
    return { problems, whole: await readRows(pieces, shape, { problems, take }) };
  } catch (error) {
    const line = error instanceof UnreadableFile ? error.line : 1;
    problems.add(
      line,
      "file",
      error instanceof UnreadableFile ? error.message : `the file cannot be read (${codeOf(error)})`,
    );
    return { problems, whole: false };
  }
}

async function readRows<Column extends string>(
  pieces: AsyncIterable<Buffer>,
  shape: Shape<Column>,
  { problems, take }: { problems: FileProblems; take: (cells: Cells<Column>) => void },
): Promise<boolean> {
  let cells: Cells<Column> | null = null;
  for await (const batch of parseCsv(pieces)) {
    for (const { line, cells: row } of batch) {
      if (row.every((cell) => cell.trim() === "")) continue;
      if (cells !== null) {
        if (cells.turnTo(line, row)) take(cells);
        continue;
      }
      const places = readHeader(shape, row, { line, problems });
      if (places === null) return false;
      cells = new Cells({ places, width: row.length }, problems);
    }
  }
  if (cells === null) problems.add(1, "file", `the file is empty; its first row is ${shape.columns.join(",")}`);
  return cells !== null;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
