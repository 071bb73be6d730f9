import { addWorkingDays, atTime, dayOf, type Rules } from "@signalbox/domain";

/** Chasers leave before work, London time. */
const MORNING = "08:00";

/**
 * When something that is due on a day is first chased: so many working days before, but never on the day on which it was
 * asked, so that nobody gets two messages of one thing on one day. Null where the protocol chases nothing.
 */
export function firstChased(rules: Rules | null, dueOn: Temporal.PlainDate, now: Temporal.Instant) {
  if (rules?.reminders === undefined) return null;
  const before = atTime(addWorkingDays(dueOn, -rules.reminders.workingDaysBefore), MORNING);
  const soonest = atTime(addWorkingDays(dayOf(now), 1), MORNING);
  return Temporal.Instant.compare(before, soonest) < 0 ? soonest : before;
}
