import { addWorkingDays } from "./working-days.ts";

const ZONE = "Europe/London";
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const DURATION = /^PT(?=\d)(\d+H)?(\d+M)?(\d+S)?$/;

/** Whether a text is a digest setting: a time of day "08:30", or a duration of hours, minutes and seconds "PT30M". */
export function isDigestSetting(setting: string): boolean {
  return TIME.test(setting) || DURATION.test(setting);
}

/**
 * When what was decided at `from` leaves: at the next London time of day on a working day, after a duration, or at once
 * without a setting. Throws a RangeError for a setting that is none.
 */
export function nextDigest(from: Temporal.Instant, setting: string | undefined): Temporal.Instant {
  if (setting === undefined) return from;
  if (TIME.test(setting)) return nextWorkingMoment(from, setting);
  if (DURATION.test(setting)) return from.add(Temporal.Duration.from(setting));
  throw new RangeError(`"${setting}" is neither a time nor a duration.`);
}

/** The first moment, `from` itself included, at which it is that London time on a working day. */
export function nextWorkingMoment(from: Temporal.Instant, time: string): Temporal.Instant {
  const today = dayOf(from);
  const first = atTime(addWorkingDays(today, 0), time);
  return Temporal.Instant.compare(first, from) >= 0 ? first : atTime(addWorkingDays(today, 1), time);
}

/** The London midnight with which a day begins. */
export function startOfDay(date: Temporal.PlainDate): Temporal.Instant {
  return date.toZonedDateTime(ZONE).toInstant();
}

/** The London day in which a moment lies. */
export function dayOf(moment: Temporal.Instant): Temporal.PlainDate {
  return moment.toZonedDateTimeISO(ZONE).toPlainDate();
}

/** A London time of day, such as "08:30", on a day. */
export function atTime(date: Temporal.PlainDate, time: string): Temporal.Instant {
  return date.toZonedDateTime({ timeZone: ZONE, plainTime: time }).toInstant();
}
