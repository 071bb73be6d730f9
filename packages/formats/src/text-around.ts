import { patternOf, type Template } from "./template.ts";

/** The text around a table from which a template reads period and issue date. */
export interface TextAround {
  filename: string | null;
  /** Each row above the header, its cells joined by blanks. */
  headings: readonly string[];
}

type Place = "filename" | "heading";
type Parts = Readonly<Record<string, string | undefined>>;

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** What a template's pattern finds in file name or headings, in a notation of the contract; null where it finds nothing. */
export function periodAround(from: Place, pattern: string, around: TextAround): string | null {
  const parts = partsAround(from, pattern, around);
  return parts && periodText(parts);
}

/** What a pattern finds in a cell, in a notation of the contract; null where it does not match. */
export function periodInCell(cell: string, pattern: RegExp): string | null {
  const parts = pattern.exec(cell)?.groups;
  return parts ? periodText(parts) : null;
}

/** The first issue date that the template's patterns find, "YYYY-MM-DD". */
export function issuedAround({ issued }: Template, around: TextAround): string | null {
  for (const { from, pattern } of issued) {
    const parts = partsAround(from, pattern, around);
    const date = parts && dateOf(parts);
    if (date) return date;
  }
  return null;
}

function partsAround(from: Place, pattern: string, { filename, headings }: TextAround): Parts | null {
  const compiled = patternOf(pattern);
  const texts = from === "filename" ? [filename ?? ""] : headings;
  for (const text of texts) {
    const parts = compiled.exec(text.slice(0, 500))?.groups;
    if (parts) return parts;
  }
  return null;
}

function periodText({ period, month, year }: Parts): string | null {
  if (period !== undefined) return period;
  const number = monthNumber(month ?? "");
  return number === null || year === undefined ? null : `${fullYear(year)}-${String(number).padStart(2, "0")}`;
}

function dateOf({ day, month, year }: Parts): string | null {
  const number = monthNumber(month ?? "");
  if (number === null) return null;
  try {
    const fields = { year: Number(fullYear(year ?? "")), month: number, day: Number(day) };
    return Temporal.PlainDate.from(fields, { overflow: "reject" }).toString();
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}

/** 1 to 12 for "4", "04", "Apr" and "April". */
function monthNumber(text: string): number | null {
  const number = /^\d{1,2}$/.test(text) ? Number(text) : 1 + MONTHS.indexOf(text.slice(0, 3).toLowerCase());
  return number >= 1 && number <= 12 ? number : null;
}

function fullYear(text: string): string {
  return text.length === 2 ? `20${text}` : text;
}
