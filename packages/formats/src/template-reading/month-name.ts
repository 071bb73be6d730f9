const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** 1 to 12 for "4", "04", "Apr", "Sept" and "April"; null for anything else. */
export function monthNumber(text: string): number | null {
  const plain = text.trim().toLowerCase();
  if (/^\d{1,2}$/.test(plain)) return Number(plain) >= 1 && Number(plain) <= 12 ? Number(plain) : null;
  if (plain.length < 3) return null;
  const known =
    plain === "sept" ? 8 : MONTHS.findIndex((name) => name === plain || (plain.length === 3 && name.startsWith(plain)));
  return known < 0 ? null : known + 1;
}

/** "24" is 2024. */
export function fullYear(text: string): number {
  return Number(text.length === 2 ? `20${text}` : text);
}

/** The year in which a financial year begins, for "2017-18", "2017/18", "2017/2018" and "2017"; null where its years do not follow. */
export function financialYearStart(text: string): number | null {
  const years = /^(\d{4})(?:[-/](\d{2}|\d{4}))?$/.exec(text.trim());
  if (!years?.[1]) return null;
  const start = Number(years[1]);
  const end = years[2];
  return end === undefined || Number(end) % 100 === (start + 1) % 100 ? start : null;
}
