export type Unit = "percent" | "count" | "rate" | "duration" | "money" | "ordinal" | "yesno";

/** How a metric's values are written; `scale` names an ordinal's grades, worst first, and is empty for other units. */
export interface ValueNotation {
  unit: Unit;
  scale: readonly string[];
}

/**
 * What a cell says: a number, no value with its reason ("N/A", "suppressed", "empty"), or what is wrong with it. `mark` is
 * said of a number that stands for a word: a nil return.
 */
export type ParsedValue =
  | { kind: "value"; value: number; mark?: string }
  | { kind: "none"; reason: string }
  | { kind: "problem"; code: ValueProblem; message: string };

export type ValueProblem =
  | "spreadsheet-error"
  | "formula"
  | "scientific-notation"
  | "foreign-number"
  | "not-a-number"
  | "not-money"
  | "not-a-duration"
  | "not-on-scale"
  | "not-yes-or-no";

const NIL = /^nil(?: return)?$/i;
const NIL_RETURN = "nil return";
const NO_VALUE = /^(?:n\/a|-|–|tbc)$/i;
const SPREADSHEET_ERROR = /^#(?:ref!|div\/0!|value!|name\?|num!|null!|n\/a|spill!|calc!|getting_data|[a-z]+!)$/i;
const FORMULA = /^(?:[=@]|[+-] *[=@a-z][a-z\d]* *[(|!])/i;
const SCIENTIFIC = /^[+-]?[\d.,]+e[+-]?\d+%?$/i;
const FOREIGN = /^[+-]?\d[\d.,  '’]*$/;
const PLAIN = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:(?<=\d)\.?|\.\d+)$/;

/**
 * Reads a cell by its metric's unit (contract section 5). Percent in points, durations in seconds, money in pounds, an
 * ordinal as its place in the scale from 0, yes 1 and no 0. A duration may also be a bare number of seconds. "nil" is a
 * count of 0 with the mark "nil return", and no value of any other unit.
 */
export function parseValue(text: string, notation: ValueNotation): ParsedValue {
  const plain = text.trim();
  if (plain === "") return { kind: "none", reason: "empty" };
  if (notation.unit === "ordinal") {
    const place = placeOnScale(plain, notation.scale);
    if (place !== null) return { kind: "value", value: place };
  }
  if (plain === "*") return { kind: "none", reason: "suppressed" };
  if (NO_VALUE.test(plain)) return { kind: "none", reason: plain };
  if (NIL.test(plain)) {
    return notation.unit === "count"
      ? { kind: "value", value: 0, mark: NIL_RETURN }
      : { kind: "none", reason: NIL_RETURN };
  }
  const value = valueByUnit(plain, notation.unit);
  return value === null ? whatIsWrong(plain, notation) : { kind: "value", value };
}

function valueByUnit(text: string, unit: Unit): number | null {
  switch (unit) {
    case "count":
    case "rate":
      return plainNumber(text);
    case "percent":
      return plainNumber(text.endsWith("%") ? text.slice(0, -1).trimEnd() : text);
    case "duration":
      return duration(text) ?? plainNumber(text);
    case "money":
      return money(text);
    case "yesno":
      return /^y(?:es)?$/i.test(text) ? 1 : /^no?$/i.test(text) ? 0 : null;
    case "ordinal":
      return null;
    default:
      throw new TypeError(`There is no unit ${String(unit satisfies never)}.`);
  }
}

/** A number in English notation, thousands set off by commas or not; null for anything else. */
function plainNumber(text: string): number | null {
  if (!PLAIN.test(text)) return null;
  const value = Number(text.includes(",") ? text.replaceAll(",", "") : text);
  // Adding 0 turns -0 into 0, which is the same figure.
  return Number.isFinite(value) ? value + 0 : null;
}

function duration(text: string): number | null {
  const parts = /^(\d{1,6}):([0-5]\d):([0-5]\d(?:\.\d{1,9})?)$/.exec(text);
  return parts && 3600 * Number(parts[1]) + 60 * Number(parts[2]) + Number(parts[3]);
}

function money(text: string): number | null {
  const inBrackets = /^\((.*)\)$/.exec(text)?.[1];
  const parts = /^(-?)£?([\d.,]+) ?(k|m|bn)?$/i.exec(inBrackets ?? text);
  if (!parts?.[2] || (inBrackets !== undefined && parts[1] === "-") || plainNumber(parts[2]) === null) return null;
  // The power of ten is written, not multiplied: 3.242 x 1e6 is not 3242000 in doubles.
  const power = { k: 3, m: 6, bn: 9 }[parts[3]?.toLowerCase() ?? ""] ?? 0;
  const pounds = Number(`${parts[2].replaceAll(",", "")}e${power}`);
  if (!Number.isFinite(pounds)) return null;
  return parts[1] === "-" || inBrackets !== undefined ? 0 - pounds : pounds;
}

function placeOnScale(text: string, scale: readonly string[]): number | null {
  const place = (grade: string): number => {
    const wanted = grade.trim().toLowerCase();
    return scale.findIndex((known) => known.toLowerCase() === wanted);
  };
  const whole = place(text);
  if (whole >= 0) return whole;
  const [first, second, more] = text.split("/");
  if (first === undefined || second === undefined || more !== undefined) return null;
  const worse = Math.min(place(first), place(second));
  return worse >= 0 ? worse : null;
}

function whatIsWrong(text: string, { unit, scale }: ValueNotation): ParsedValue {
  if (SPREADSHEET_ERROR.test(text))
    return problem("spreadsheet-error", "The cell holds a spreadsheet's error, not a value.");
  if (FORMULA.test(text)) return problem("formula", "The cell holds a formula: send its result.");
  if (unit === "ordinal") return problem("not-on-scale", `The value is none of the scale ${scale.join(", ")}.`);
  if (unit === "yesno") return problem("not-yes-or-no", "The value must be Yes or No.");
  if (SCIENTIFIC.test(text))
    return problem("scientific-notation", "Write the number in full, such as 1500 and not 1.5e3.");
  if (FOREIGN.test(text)) {
    return problem(
      "foreign-number",
      "Write the number in English notation: a point before decimals, commas between thousands.",
    );
  }
  if (unit === "duration")
    return problem("not-a-duration", "Write a duration as hours, minutes and seconds, such as 0:34:08.");
  if (unit === "money") return problem("not-money", "Write an amount in pounds, such as £883,000, £3.242m or -£650k.");
  return problem("not-a-number", "There is text where a number belongs.");
}

function problem(code: ValueProblem, message: string): ParsedValue {
  return { kind: "problem", code, message };
}

/** How a value is shown: "84.6%", "12,153", "£3.2m", "0:34:08", "Good", "Yes"; "no value" for null and NaN. */
export function formatValue(value: number | null, notation: ValueNotation & { decimals: number }): string {
  if (value === null || Number.isNaN(value)) return "no value";
  const { unit, decimals, scale } = notation;
  switch (unit) {
    case "percent":
      return `${grouped(value, decimals)}%`;
    case "count":
    case "rate":
      return grouped(value, decimals);
    case "duration":
      return signed(value, clock);
    case "money":
      return signed(value, (pounds) => (pounds >= 1e6 ? `£${millions(pounds)}m` : `£${grouped(pounds, decimals)}`));
    case "ordinal":
      return scale[Math.floor(value + 0.5)] ?? grouped(value, 0);
    case "yesno":
      return value >= 0.5 ? "Yes" : "No";
    default:
      throw new TypeError(`There is no unit ${String(unit satisfies never)}.`);
  }
}

/** Rounds as the protocol does (contract section 6.4), so that what is shown and what is compared agree. */
function grouped(value: number, decimals: number): string {
  const rounded = Math.floor(value * 10 ** decimals + 0.5) / 10 ** decimals;
  const [whole = "", fraction] = rounded.toFixed(decimals).split(".");
  const withCommas = whole.replace(/\B(?=(?:\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}

function millions(pounds: number): string {
  return grouped(pounds / 1e6, 3).replace(/0{1,2}$/, "");
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds + 0.5);
  return `${Math.floor(whole / 3600)}:${twoDigits(Math.floor(whole / 60) % 60)}:${twoDigits(whole % 60)}`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, "0");
}

function signed(value: number, write: (size: number) => string): string {
  return value < 0 ? `-${write(-value)}` : write(value);
}
