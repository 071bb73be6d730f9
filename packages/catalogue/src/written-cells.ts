import { formatPeriod, type Frequency, type Period } from "@signalbox/domain";
import type { Metric } from "./catalogue.ts";

/** What a spreadsheet program would take for a formula, with any apostrophes that stand before it already. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * A cell as a catalogue's file has it. One that a spreadsheet program would take for a formula is led by an apostrophe,
 * which `unescaped` takes away again: what is taken away, opened and put back is the same.
 */
export function escaped(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** A cell without the apostrophe that kept it from being a formula. */
export function unescaped(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}

/** One row of a CSV file (RFC 4180). */
export function csvRow(cells: readonly string[]): string {
  const quoted = cells.map((cell) => {
    const text = escaped(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${quoted.join(",")}\r\n`;
}

/** A month such as 2024-03; "" for none. */
export function monthCell(period: Period | null): string {
  return period === null ? "" : formatPeriod(period, "monthly");
}

/** A period of a metric: 2024-03, or 2023/24 Q4. */
export function periodCell(period: Period, frequency: Frequency): string {
  return formatPeriod(period, frequency);
}

/** A number to its last digit, never in scientific notation, which is not read; "" for none. */
export function numberCell(value: number | null): string {
  if (value === null) return "";
  const [digits = "", exponent] = String(value).split("e");
  return exponent === undefined ? digits : moved(digits, Number(exponent));
}

/** A value as its unit is written: a grade, Yes or No, hours; else the number. */
export function valueCell(value: number | null, { unit, scale }: Pick<Metric, "unit" | "scale">): string {
  if (value === null) return "";
  if (unit === "ordinal") return scale[value] ?? numberCell(value);
  if (unit === "yesno" && (value === 0 || value === 1)) return value === 1 ? "Yes" : "No";
  if (unit === "duration" && Number.isInteger(value) && value >= 0) {
    const two = (part: number) => String(part).padStart(2, "0");
    return `${Math.floor(value / 3600)}:${two(Math.floor(value / 60) % 60)}:${two(value % 60)}`;
  }
  return numberCell(value);
}

/** "1.5" with its point moved by so many places. */
function moved(digits: string, places: number): string {
  const [, sign = "", whole = "", part = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(digits) ?? [];
  const all = whole + part;
  const at = whole.length + places;
  if (at <= 0) return `${sign}0.${"0".repeat(-at)}${all}`;
  return at >= all.length ? sign + all.padEnd(at, "0") : `${sign}${all.slice(0, at)}.${all.slice(at)}`;
}
