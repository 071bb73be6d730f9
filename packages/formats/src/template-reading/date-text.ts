import { fullYear, monthNumber } from "./month-name.ts";

const LONGEST = 100;
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[ T]\d\d:\d\d(?::\d\d)?)?$/;
const DAY_FIRST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const NAMED = /^(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]+),? (\d{4})$/i;

/** A date as people and spreadsheets write it: 2025-07-10, 10/07/2025, "10th July 2025"; null for anything else. */
export function dateOf(text: string): Temporal.PlainDate | null {
  if (text.length > LONGEST) return null;
  const plain = text.trim().replace(/\s+/g, " ");
  const iso = ISO.exec(plain);
  if (iso) return checkedDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const [, day = "", month = "", year = ""] = DAY_FIRST.exec(plain) ?? NAMED.exec(plain) ?? [];
  return dateOfParts({ day, month, year });
}

/** A date of the named parts of a pattern. */
export function dateOfParts({
  day,
  month,
  year,
}: Readonly<Record<string, string | undefined>>): Temporal.PlainDate | null {
  const number = monthNumber(month ?? "");
  return number === null ? null : checkedDate(fullYear(year ?? ""), number, Number(day));
}

function checkedDate(year: number, month: number, day: number): Temporal.PlainDate | null {
  if (!Number.isInteger(day) || day < 1 || day > 31 || month < 1 || month > 12 || year < 1900 || year > 2199)
    return null;
  const date = Temporal.PlainDate.from({ year, month, day: 1 });
  return day <= date.daysInMonth ? date.with({ day }) : null;
}
