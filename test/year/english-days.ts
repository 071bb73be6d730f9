import Holidays from "date-holidays";

const LONDON = "Europe/London";
const holidays = new Holidays("GB", "ENG");

/** Working days as somebody else counts them: by date-holidays, not by our own rules. */
export function isWorkingDayElsewhere(day: Temporal.PlainDate): boolean {
  if (day.dayOfWeek > 5) return false;
  const found = holidays.isHoliday(new Date(`${day.toString()}T12:00:00Z`));
  return found === false || !found.some(({ type }) => type === "public" || type === "bank");
}

/** So many working days on, or back; the day itself does not count. */
export function workingDaysOn(day: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let at = day;
  for (let left = Math.abs(count); left > 0;) {
    at = at.add({ days: Math.sign(count) });
    if (isWorkingDayElsewhere(at)) left -= 1;
  }
  return at;
}

/** Eight in the morning in London, as an instant. */
export function eightOn(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: LONDON, plainTime: "08:00" }).toInstant();
}
