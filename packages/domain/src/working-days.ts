type PlainDate = Temporal.PlainDate;

/** Bank holidays that were moved or added by proclamation. */
const ONE_OFFS: Readonly<Record<number, { readonly without?: readonly string[]; readonly with: readonly string[] }>> = {
  1995: { without: ["1995-05-01"], with: ["1995-05-08"] },
  1999: { with: ["1999-12-31"] },
  2002: { without: ["2002-05-27"], with: ["2002-06-03", "2002-06-04"] },
  2011: { with: ["2011-04-29"] },
  2012: { without: ["2012-05-28"], with: ["2012-06-04", "2012-06-05"] },
  2020: { without: ["2020-05-04"], with: ["2020-05-08"] },
  2022: { without: ["2022-05-30"], with: ["2022-06-02", "2022-06-03", "2022-09-19"] },
  2023: { with: ["2023-05-08"] },
};

const holidays = new Map<number, ReadonlySet<string>>();

/** England's bank holidays of a year as 'YYYY-MM-DD', substitute days in place of those that fall on a weekend. */
export function bankHolidays(year: number): ReadonlySet<string> {
  const known = holidays.get(year);
  if (known !== undefined) return known;
  const days = proclaimed(year);
  holidays.set(year, days);
  return days;
}

/** Monday to Friday and no bank holiday in England. */
export function isWorkingDay(date: PlainDate): boolean {
  return date.dayOfWeek <= 5 && !bankHolidays(date.year).has(date.toString());
}

/**
 * The n-th working day after a date, or before it where n is negative; for 0 the date itself, or the next working day
 * where it is none.
 */
export function addWorkingDays(date: PlainDate, n: number): PlainDate {
  if (n === 0) return isWorkingDay(date) ? date : addWorkingDays(date, 1);
  let day = date;
  for (let left = Math.abs(n); left > 0;) {
    day = day.add({ days: Math.sign(n) });
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** How many working days come after one date, up to another and with it; 0 where that is not later. */
export function workingDaysBetween(from: PlainDate, to: PlainDate): number {
  let days = 0;
  for (let day = from.add({ days: 1 }); Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 })) {
    if (isWorkingDay(day)) days += 1;
  }
  return days;
}

/** The n-th working day after a date (n from 1); the first candidate is the next day. */
export function nthWorkingDayAfter(date: PlainDate, n: number): PlainDate {
  if (n < 1) throw new RangeError(`There is no ${n}th working day after a date.`);
  return addWorkingDays(date, n);
}

function proclaimed(year: number): ReadonlySet<string> {
  const day = (month: number, dayOfMonth: number): PlainDate =>
    Temporal.PlainDate.from({ year, month, day: dayOfMonth });
  const easter = easterSunday(year);
  const days = new Set(
    [
      substitute(day(1, 1)),
      easter.subtract({ days: 2 }),
      easter.add({ days: 1 }),
      mondayFrom(day(5, 1)),
      mondayFrom(day(5, 25)),
      mondayFrom(day(8, 25)),
      ...christmas(day(12, 25)),
    ].map(String),
  );
  const oneOffs = ONE_OFFS[year];
  for (const moved of oneOffs?.without ?? []) days.delete(moved);
  for (const added of oneOffs?.with ?? []) days.add(added);
  return days;
}

function substitute(date: PlainDate): PlainDate {
  return date.dayOfWeek <= 5 ? date : mondayFrom(date);
}

function mondayFrom(date: PlainDate): PlainDate {
  return date.add({ days: (8 - date.dayOfWeek) % 7 });
}

/** Christmas Day and Boxing Day: one on a weekend is made up for on the next weekday that is neither. */
function christmas(first: PlainDate): PlainDate[] {
  const second = first.add({ days: 1 });
  if (first.dayOfWeek === 5) return [first, second.add({ days: 2 })];
  if (first.dayOfWeek === 6) return [first.add({ days: 2 }), first.add({ days: 3 })];
  if (first.dayOfWeek === 7) return [second, first.add({ days: 2 })];
  return [first, second];
}

/** The Gregorian computus in its anonymous (Meeus, Jones, Butcher) form. */
function easterSunday(year: number): PlainDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const lunar = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - lunar + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const months = epact + weekday - 7 * correction + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(months / 31), day: (months % 31) + 1 });
}
