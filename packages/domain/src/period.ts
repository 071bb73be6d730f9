/** A month, or a financial quarter by its first month: 12 x year + month - 1. */
export type Period = number & { readonly __period: unique symbol };
export type Frequency = "monthly" | "quarterly";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** The period of a month; `month` counts from 1 to 12. */
export function periodOf(year: number, month: number): Period {
  return asPeriod(12 * year + month - 1);
}

/** A number that was kept as a period, as a period again. */
export function asPeriod(number: number): Period {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- here numbers become periods, and nowhere else
  return number as Period;
}

/** The year and month (1 to 12) with which a period begins. */
export function monthOf(period: Period): { year: number; month: number } {
  return { year: Math.floor(period / 12), month: (period % 12) + 1 };
}

/** How many months one period of this frequency has, so how far the next period is. */
export function stepOf(frequency: Frequency): 1 | 3 {
  return frequency === "monthly" ? 1 : 3;
}

/**
 * Understands the notations of contract section 5 and no other; null is "not understood". A month notation stands for a
 * quarter only where it is the quarter's first month; a date only where it is the first of a month.
 */
export function parsePeriod(text: string, frequency: Frequency): Period | null {
  const plain = text.trim();
  const month = parseMonth(plain);
  if (frequency === "monthly") return month;
  return month === null ? parseQuarter(plain) : month % 3 === 0 ? month : null;
}

/** The contract's notation: "2024-03", or "2023/24 Q4" for a quarterly metric. */
export function formatPeriod(period: Period, frequency: Frequency): string {
  const { year, month } = monthOf(period);
  if (frequency === "monthly") return `${year}-${String(month).padStart(2, "0")}`;
  return quarterName(year, month);
}

/** How a person reads it: "March 2024", or "January to March 2024 (2023/24 Q4)". */
export function nameOfPeriod(period: Period, frequency: Frequency): string {
  const { year, month } = monthOf(period);
  if (frequency === "monthly") return `${nameOfMonth(month)} ${year}`;
  const first = 3 * Math.floor((month - 1) / 3) + 1;
  return `${nameOfMonth(first)} to ${nameOfMonth(first + 2)} ${year} (${quarterName(year, month)})`;
}

/** As short as it can be read, for charts: "Mar 24", or "Q4 23/24". */
export function shortPeriod(period: Period, frequency: Frequency): string {
  const { year, month } = monthOf(period);
  if (frequency === "monthly") return `${nameOfMonth(month).slice(0, 3)} ${String(year).slice(2)}`;
  const [years, quarter] = quarterName(year, month).split(" ");
  return `${quarter ?? ""} ${(years ?? "").slice(2)}`;
}

/** The first day of a period of either frequency. */
export function firstDay(period: Period): Temporal.PlainDate {
  const { year, month } = monthOf(period);
  return Temporal.PlainDate.from({ year, month, day: 1 });
}

/** The last day of a month, or of a quarter that begins with this month. */
export function lastDay(period: Period, frequency: Frequency): Temporal.PlainDate {
  return firstDay(asPeriod(period + stepOf(frequency))).subtract({ days: 1 });
}

/** The month or the financial quarter in which a day lies. */
export function periodContaining(date: Temporal.PlainDate, frequency: Frequency): Period {
  const month = periodOf(date.year, date.month);
  return asPeriod(month - (month % stepOf(frequency)));
}

function parseMonth(text: string): Period | null {
  const numeric = /^(\d{4})-(\d\d)(?:-01)?$/.exec(text);
  if (numeric) return checkedMonth(Number(numeric[1]), Number(numeric[2]));
  const dayFirst = /^01\/(\d\d)\/(\d{4})$/.exec(text);
  if (dayFirst) return checkedMonth(Number(dayFirst[2]), Number(dayFirst[1]));
  const named = /^([a-z]+)(?: +(\d{4})|-(\d\d))$/i.exec(text);
  if (!named?.[1]) return null;
  const name = named[1].toLowerCase();
  const month = 1 + MONTHS.findIndex((full) => full.toLowerCase() === name || full.slice(0, 3).toLowerCase() === name);
  return checkedMonth(named[2] === undefined ? 2000 + Number(named[3]) : Number(named[2]), month);
}

function parseQuarter(text: string): Period | null {
  const yearFirst = /^(\d{4})[/-](\d\d) +Q([1-4])$/i.exec(text);
  const quarterFirst = /^Q([1-4]) +(\d{4})\/(\d\d)$/i.exec(text);
  const [start, end, quarter] = yearFirst
    ? [Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3])]
    : quarterFirst
      ? [Number(quarterFirst[2]), Number(quarterFirst[3]), Number(quarterFirst[1])]
      : [0, 0, 0];
  if (quarter === 0 || (start + 1) % 100 !== end) return null;
  return quarter === 4 ? checkedMonth(start + 1, 1) : checkedMonth(start, 1 + 3 * quarter);
}

function checkedMonth(year: number, month: number): Period | null {
  return month >= 1 && month <= 12 && year >= FIRST_YEAR && year <= LAST_YEAR ? periodOf(year, month) : null;
}

function nameOfMonth(month: number): string {
  const name = MONTHS[month - 1];
  if (name === undefined) throw new RangeError(`There is no month ${month}.`);
  return name;
}

function quarterName(year: number, month: number): string {
  const start = month >= 4 ? year : year - 1;
  const quarter = month >= 4 ? Math.floor((month - 1) / 3) : 4;
  return `${start}/${String((start + 1) % 100).padStart(2, "0")} Q${quarter}`;
}
