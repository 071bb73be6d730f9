import { submissionDay } from "./calendar.ts";
import { atTime, dayOf } from "./digest.ts";
import { type Frequency, type Period, periodContaining, stepOf } from "./period.ts";
import { addWorkingDays, isWorkingDay, nthWorkingDayAfter } from "./working-days.ts";

/** Chasers leave before work, London time. */
const MORNING = "08:00";

/** How the protocol in force chases what is owed. */
export interface Reminding {
  readonly workingDaysBefore: number;
  readonly workingDaysPerLevel: number;
}

/**
 * How far up a return is chased: 0 its submitter before the day, 1 its submitter after it, 2 the owner, 3 the executive,
 * from 4 on the executives of the organisations above.
 */
export type ChaseLevel = number;

/** What a return that has not come is due to have said of it, and when it is looked at next; null for nothing and never. */
export interface Chase {
  readonly level: ChaseLevel | null;
  readonly nextAt: Temporal.Instant | null;
}

/**
 * What is due to be said by `now` of a return still owed, `told` being the last level that was (null for none). Only the
 * last thing due is said: whoever was not told before the day, because the clock stood still, hears only that it has passed.
 * A level up follows so many working days after the one below it was told, and not after it should have been.
 */
export function chaseReturn(
  { dueOn, told }: { readonly dueOn: Temporal.PlainDate; readonly told: ChaseLevel | null },
  reminders: Reminding | undefined,
  now: Temporal.Instant,
): Chase {
  const missingAt = atTime(nthWorkingDayAfter(dueOn, 1), MORNING);
  const hasPassed = (moment: Temporal.Instant) => Temporal.Instant.compare(moment, now) <= 0;
  if (told === null || told === 0) {
    if (hasPassed(missingAt)) return { level: 1, nextAt: levelUp(reminders, now) };
    // Between the day's end and the next morning it is no longer due soon, and not yet time to say that it has passed.
    const isOver = Temporal.PlainDate.compare(dayOf(now), dueOn) > 0;
    if (told === 0 || isOver || reminders === undefined) return { level: null, nextAt: missingAt };
    const soonAt = dueSoonAt(dueOn, reminders);
    return hasPassed(soonAt) ? { level: 0, nextAt: missingAt } : { level: null, nextAt: soonAt };
  }
  if (reminders === undefined) return { level: null, nextAt: null };
  return { level: told + 1, nextAt: levelUp(reminders, now) };
}

function levelUp(reminders: Reminding | undefined, now: Temporal.Instant): Temporal.Instant | null {
  if (reminders === undefined) return null;
  return atTime(addWorkingDays(dayOf(now), Math.max(1, reminders.workingDaysPerLevel)), MORNING);
}

/** When a submitter is told that a submission day is near: so many working days before it, before work. */
export function dueSoonAt(dueOn: Temporal.PlainDate, { workingDaysBefore }: Reminding): Temporal.Instant {
  return atTime(workingDaysBefore === 0 ? dueOn : addWorkingDays(dueOn, -workingDaysBefore), MORNING);
}

/** When a chaser that is due by now leaves: now, or before work on the next working day where it is none, or too early. */
export function chaserLeavesAt(now: Temporal.Instant): Temporal.Instant {
  const today = dayOf(now);
  const opens = atTime(today, MORNING);
  if (!isWorkingDay(today)) return atTime(addWorkingDays(today, 1), MORNING);
  return Temporal.Instant.compare(now, opens) < 0 ? opens : now;
}

interface Owed {
  readonly frequency: Frequency;
  readonly dueWorkingDay: number;
}

/** The last period whose submitters were due to hear by `now` that its day is near. */
export function lastDueSoon(now: Temporal.Instant, { frequency, dueWorkingDay }: Owed, reminders: Reminding): Period {
  const step = stepOf(frequency);
  // With a day soon after the period's end the moment lies within the period itself.
  let period = periodContaining(dayOf(now), frequency);
  const at = () => dueSoonAt(submissionDay(period, frequency, dueWorkingDay), reminders);
  while (Temporal.Instant.compare(at(), now) > 0) period = (period - step) as Period;
  return period;
}

/** The next moment after `now` at which submitters are due to hear that a submission day is near. */
export function nextDueSoon(now: Temporal.Instant, owed: Owed, reminders: Reminding): Temporal.Instant {
  const { frequency, dueWorkingDay } = owed;
  const next = (lastDueSoon(now, owed, reminders) + stepOf(frequency)) as Period;
  return dueSoonAt(submissionDay(next, frequency, dueWorkingDay), reminders);
}
