import { parseCsv } from "./parse-csv.ts";
import { UnreadableFile } from "./read-bytes.ts";

/** Rows of a file as they stood, by line, each cell beside its header's name. */
export type RowsAt = ReadonlyMap<number, readonly (readonly [column: string, cell: string])[]>;

/** The rows of a CSV file that begin at these lines; those after a fault that makes it unreadable are not found. */
export async function rowsAt(pieces: AsyncIterable<Buffer>, lines: ReadonlySet<number>): Promise<RowsAt> {
  const found = new Map<number, readonly (readonly [string, string])[]>();
  const last = Math.max(0, ...lines);
  let header: readonly string[] | null = null;
  try {
    for await (const batch of parseCsv(pieces)) {
      for (const { line, cells } of batch) {
        if (header === null) {
          if (cells.every((cell) => cell.trim() === "")) continue;
          header = cells.map((cell) => cell.trim().toLowerCase());
        }
        if (line > last) return found;
        const names = header;
        if (lines.has(line))
          found.set(
            line,
            cells.map((cell, place) => [names[place] ?? "", cell] as const),
          );
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
  }
  return found;
}
