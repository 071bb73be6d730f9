import { parsePeriod, type Period, periodOf } from "@signalbox/domain";
import { dateOf } from "./date-text.ts";
import { financialYearStart, fullYear, monthNumber } from "./month-name.ts";

/** What a text says: a month, or a whole quarter by its first month. */
export interface TextPeriod {
  first: Period;
  quarter: boolean;
}

const LONGEST = 100;

type Parts = Readonly<Record<string, string | undefined>>;

const NAMED_MONTH = /^([a-z]+)[ -]?(\d{2}|\d{4})$/i;
const YEAR_AND_MONTH = /^(\d{4})[ -]([a-z]+)$/i;
const FINANCIAL_MONTH = /^(\d{4}[-/]\d{2}(?:\d{2})?),? ([a-z]+)$/i;
const MONTH_FINANCIAL = /^([a-z]+),? (\d{4}[-/]\d{2}(?:\d{2})?)$/i;
const QUARTER = /^(?:q|quarter) ?([1-4]),? (?:of )?(\d{4}[-/]\d{2}(?:\d{2})?)(?: ?\(.*\))?$/i;
const QUARTER_LAST = /^(\d{4}[-/]\d{2}(?:\d{2})?),? (?:q|quarter) ?([1-4])(?: ?\(.*\))?$/i;
const MONTHS_OF_QUARTER = /^([a-z]+)(?: (\d{4}))? ?(?:to|-|–) ?([a-z]+) (\d{4})$/i;

/** What a text says of a period, in any notation that templates understand; null for anything else. */
export function periodInText(text: string, anyDay: boolean): TextPeriod | null {
  const plain = text.trim().replace(/\s+/g, " ");
  if (plain.length > LONGEST) return null;
  const inContract = parsePeriod(plain, "monthly");
  if (inContract !== null) return month(inContract);
  const quarter = parsePeriod(plain, "quarterly");
  if (quarter !== null) return { first: quarter, quarter: true };
  const date = dateOf(plain);
  if (date !== null) return anyDay || date.day === 1 ? month(periodOf(date.year, date.month)) : null;
  return monthInText(plain) ?? quarterInText(plain);
}

/** What the named parts of a pattern say. */
export function periodOfParts(parts: Parts, anyDay: boolean): TextPeriod | null {
  const { period, month: name = "", year, financialYear, quarter } = parts;
  if (period !== undefined) return periodInText(period, anyDay);
  if (quarter !== undefined) return quarterOf(quarter, financialYear ?? "");
  return year === undefined ? financialMonth(financialYear ?? "", name) : calendarMonth(year, name);
}

function monthInText(text: string): TextPeriod | null {
  const financial = FINANCIAL_MONTH.exec(text);
  if (financial) return financialMonth(financial[1] ?? "", financial[2] ?? "");
  const reversed = MONTH_FINANCIAL.exec(text);
  if (reversed) return financialMonth(reversed[2] ?? "", reversed[1] ?? "");
  const named = NAMED_MONTH.exec(text);
  if (named) return calendarMonth(named[2] ?? "", named[1] ?? "");
  const yearFirst = YEAR_AND_MONTH.exec(text);
  return yearFirst && calendarMonth(yearFirst[1] ?? "", yearFirst[2] ?? "");
}

function quarterInText(text: string): TextPeriod | null {
  const numbered = QUARTER.exec(text);
  if (numbered) return quarterOf(numbered[1] ?? "", numbered[2] ?? "");
  const yearFirst = QUARTER_LAST.exec(text);
  if (yearFirst) return quarterOf(yearFirst[2] ?? "", yearFirst[1] ?? "");
  const [, from = "", fromYear, to = "", toYear = ""] = MONTHS_OF_QUARTER.exec(text) ?? [];
  const first = calendarMonth(fromYear ?? toYear, from);
  const last = calendarMonth(toYear, to);
  const whole = first !== null && last !== null && first.first % 3 === 0 && last.first === first.first + 2;
  return whole ? { first: first.first, quarter: true } : null;
}

function calendarMonth(year: string, name: string): TextPeriod | null {
  const number = monthNumber(name);
  const full = fullYear(year);
  return number === null || full < 1900 || full > 2199 ? null : month(periodOf(full, number));
}

/** January to March lie in a financial year's second half. */
function financialMonth(financialYear: string, name: string): TextPeriod | null {
  const start = financialYearStart(financialYear);
  const number = monthNumber(name);
  if (start === null || number === null || start < 1900 || start > 2198) return null;
  return month(periodOf(number >= 4 ? start : start + 1, number));
}

function quarterOf(number: string, financialYear: string): TextPeriod | null {
  const start = financialYearStart(financialYear);
  const quarter = Number(number);
  if (start === null || !(quarter >= 1 && quarter <= 4) || start < 1900 || start > 2198) return null;
  return { first: quarter === 4 ? periodOf(start + 1, 1) : periodOf(start, 1 + 3 * quarter), quarter: true };
}

function month(first: Period): TextPeriod {
  return { first, quarter: false };
}
