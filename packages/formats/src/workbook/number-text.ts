import type { NumberKind } from "./number-format.ts";

/** Days before the first of March 1900 count from another day: 1900 had no 29 February, and spreadsheets say it had. */
const FALSE_LEAP_DAY = 60;
const LAST_DAY = 2_958_466;
/** A time of day far past this is one of a day, shown without it. */
const LONGEST_TIME = 1_000;
const MS_A_DAY = 86_400_000;

/**
 * A cell's number as the contract writes it: plain decimal, `94.6%`, `2024-04-01` (with ` 13:05:00` where there is a time),
 * `34:08:00`. All digits of the double stay; what is no date in the workbook's epoch stays a number.
 */
export function numberText(value: number, kind: NumberKind, from1904: boolean): string {
  if (kind === "percent") return `${plainDecimal(value, 2)}%`;
  if (kind === "date" || (kind === "time" && value >= LONGEST_TIME)) {
    return dateText(value, from1904) ?? plainDecimal(value);
  }
  if (kind === "time" && value >= 0) return clock(Math.round(value * MS_A_DAY));
  return plainDecimal(value);
}

function dateText(value: number, from1904: boolean): string | null {
  if (value < 0 || value >= LAST_DAY) return null;
  const ms = Math.round(value * MS_A_DAY);
  const days = Math.floor(ms / MS_A_DAY);
  const rest = ms - days * MS_A_DAY;
  return rest === 0 ? dayText(days, from1904) : `${dayText(days, from1904)} ${clock(rest).padStart(8, "0")}`;
}

/** As a spreadsheet program shows it; two days of 1900 that never were come out as such, and are no period to anybody. */
function dayText(days: number, from1904: boolean): string {
  if (!from1904 && days === 0) return "1900-01-00";
  if (!from1904 && days === FALSE_LEAP_DAY) return "1900-02-29";
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < FALSE_LEAP_DAY ? 31 : 30);
  return new Date(epoch + days * MS_A_DAY).toISOString().slice(0, 10);
}

/** Hours, minutes and seconds, over 24 hours too; thousandths of a second only where there are any. */
function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const thousandths = ms % 1000;
  const whole = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return thousandths === 0 ? whole : `${whole}.${String(thousandths).padStart(3, "0").replace(/0+$/, "")}`;
}

function two(part: number): string {
  return String(part).padStart(2, "0");
}

/** A number without exponent, its decimal point moved to the right by `places`: exactly, as no multiplication would. */
export function plainDecimal(value: number, places = 0): string {
  if (places === 0 && Number.isSafeInteger(value)) return String(value);
  const [digits = "", power = "0"] = String(Math.abs(value)).split("e");
  const [whole = "", fraction = ""] = digits.split(".");
  const point = whole.length + Number(power) + places;
  if (Number(power) + places === 0) return String(value);
  const all = whole + fraction;
  const before =
    point <= 0
      ? "0"
      : all
          .slice(0, point)
          .padEnd(point, "0")
          .replace(/^0+(?=\d)/, "");
  const after = point <= 0 ? "0".repeat(-point) + all : all.slice(point);
  const trimmed = after.replace(/0+$/, "");
  return `${value < 0 ? "-" : ""}${before}${trimmed === "" ? "" : `.${trimmed}`}`;
}
