import { patternOf, type TextSource } from "../template.ts";
import { wholeText } from "./header-text.ts";

const LONGEST = 5_000;

/** The rows of one sheet outside its table, each with its cells. */
export interface SheetText {
  name: string;
  rows: { cells: readonly string[]; row: number }[];
}

/** What stands around a table: the file's name, the sheet's, the rows above the header, and those of other sheets. */
export interface TextAround {
  filename: string;
  sheet: string;
  above: SheetText["rows"];
  others: readonly SheetText[];
}

/** A file's name as people read it: %20 is a blank. */
export function plainFilename(filename: string | null): string {
  const name = filename ?? "";
  try {
    return decodeURIComponent(name);
  } catch {
    // A percent sign that begins no such code is one.
    return name.replaceAll("%20", " ");
  }
}

/** The texts that a template's source may mean, likeliest first; what its pattern does not find is none. */
export function textsOf(source: TextSource, around: TextAround): string[] {
  const found = candidates(source, around).map((text) => text.slice(0, LONGEST));
  if (source.pattern === undefined) return found;
  const pattern = patternOf(source.pattern);
  return found.filter((text) => pattern.test(text));
}

function candidates(source: TextSource, around: TextAround): string[] {
  if (source.from === "filename") return [around.filename];
  if (source.from === "sheet") return around.sheet === "" ? [] : [around.sheet];
  const rows = source.sheets === undefined ? around.above : ofSheets(patternOf(source.sheets), around.others);
  if (source.from === "heading") return rows.map(({ cells }) => joined(cells));
  const label = labelText(source.label);
  return rows.map(({ cells }) => after(label, cells)).filter((text) => text !== "");
}

/** A row as one text, its filled cells joined by blanks; of a very long one what it begins with. */
export function joined(cells: readonly string[]): string {
  return cells
    .map((cell) => cell.slice(0, LONGEST).trim())
    .filter((cell) => cell !== "")
    .join(" ")
    .slice(0, LONGEST);
}

function ofSheets(pattern: RegExp, sheets: readonly SheetText[]): SheetText["rows"] {
  return sheets.filter(({ name }) => pattern.test(name)).flatMap(({ rows }) => rows);
}

function after(label: string, cells: readonly string[]): string {
  const place = cells.findIndex((cell) => cell !== "" && labelText(cell) === label);
  if (place < 0) return "";
  return (
    cells
      .slice(place + 1)
      .find((cell) => cell.trim() !== "")
      ?.trim() ?? ""
  );
}

function labelText(text: string): string {
  return wholeText(text).replace(/ ?:$/, "");
}
