import { FileRejected } from "./problem.ts";

const MOST_COLUMNS = 1000;

/** A header as it is compared: without case, and with line breaks and runs of blanks as one blank. */
function plainHeader(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}

/** Whether each cell of a row is empty. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === "");
}

/** Where each header stands, by its plain form. Throws FileRejected past 1,000 columns. */
export function placesOf(cells: readonly string[], row: number): Map<string, number> {
  if (cells.length > MOST_COLUMNS) {
    throw new FileRejected(
      "too-many-columns",
      `Row ${row} has ${cells.length} columns; at most ${MOST_COLUMNS} are read.`,
      row,
    );
  }
  const places = new Map<string, number>();
  for (const [place, cell] of cells.entries()) {
    const header = plainHeader(cell);
    if (header !== "") places.set(header, place);
  }
  return places;
}

/** Throws FileRejected where one of these columns is there twice: which of them counts would be a guess. */
export function refuseTwice(cells: readonly string[], used: ReadonlySet<string>, row: number): void {
  const seen = new Set<string>();
  for (const cell of cells) {
    const header = plainHeader(cell);
    if (!used.has(header)) continue;
    if (seen.has(header)) throw new FileRejected("duplicate-column", `The column ${cell.trim()} is there twice.`, row);
    seen.add(header);
  }
}

/** The rejection of a file that lacks columns, with those it must have and what to do. */
export function missingColumns(
  missing: readonly string[],
  { cells, row, sheet = "" }: { cells: readonly string[]; row: number; sheet?: string },
): FileRejected {
  const only = cells.length === 1 ? cells[0] : undefined;
  if (sheet === "" && only !== undefined && /[;\t|]/.test(only)) {
    return new FileRejected(
      "wrong-separator",
      `Row ${row} is not separated by commas. Save the file as CSV with commas.`,
      row,
    );
  }
  const found = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const shown = found.slice(0, 12).map((cell) => cell.slice(0, 40));
  const more = found.length > shown.length ? ` and ${found.length - shown.length} more` : "";
  return new FileRejected(
    "missing-columns",
    `The header in row ${row}${sheet === "" ? "" : ` of the sheet ${sheet}`} lacks ${missing.join(", ")}. It has: ${shown.join(", ") || "nothing"}${more}.`,
    row,
  );
}
