import { addWorkingDays, atTime, dayOf, nextDigest, type Rules } from "@signalbox/domain";

/** When people-facing messages of the clock leave on their day: before work, London time. */
export const MORNING = "08:00";

/** When the preview of a decision ends: so many working days after its submission was read, at the same time of day. */
export function previewEnds(readAt: Temporal.Instant, workingDays: number): Temporal.Instant {
  if (workingDays === 0) return readAt;
  const read = readAt.toZonedDateTimeISO("Europe/London");
  return addWorkingDays(read.toPlainDate(), workingDays)
    .toZonedDateTime({ timeZone: "Europe/London", plainTime: read.toPlainTime() })
    .toInstant();
}

/** The digest setting of a tier, and when what is released at a moment is due to be told by it. */
export function digestOf(rules: Rules, tier: string, released: Temporal.Instant) {
  const setting = tier === "slt" ? rules.digest.slt : rules.digest.board;
  return { digest: setting ?? null, tellAt: nextDigest(released, setting) };
}

/** The day a request is due, and when its first reminder (or, without a time before, its overdue notice) falls due. */
export function requestDates(rules: Rules, now: Temporal.Instant, dueWorkingDays: number) {
  const dueOn = addWorkingDays(dayOf(now), dueWorkingDays);
  if (rules.reminders === undefined) return { dueOn, nextAt: null };
  return { dueOn, nextAt: atTime(addWorkingDays(dueOn, -rules.reminders.workingDaysBefore), MORNING) };
}
