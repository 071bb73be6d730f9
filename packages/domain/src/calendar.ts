import { dayOf, startOfDay } from "./digest.ts";
import { type Frequency, lastDay, type Period, periodContaining, stepOf } from "./period.ts";
import { nthWorkingDayAfter } from "./working-days.ts";

/** The day by which a period's figures are owed: the given working day (from 1) after its end. */
export function submissionDay(period: Period, frequency: Frequency, dueWorkingDay: number): Temporal.PlainDate {
  return nthWorkingDayAfter(lastDay(period, frequency), dueWorkingDay);
}

/** The moment at which a submission day has passed: the London midnight that ends it. */
export function submissionDayPassesAt(period: Period, frequency: Frequency, dueWorkingDay: number): Temporal.Instant {
  return startOfDay(submissionDay(period, frequency, dueWorkingDay).add({ days: 1 }));
}

/** The last period whose submission day has passed by `now`. */
export function lastPassedPeriod(now: Temporal.Instant, frequency: Frequency, dueWorkingDay: number): Period {
  const step = stepOf(frequency);
  let period = (periodContaining(dayOf(now), frequency) - step) as Period;
  while (Temporal.Instant.compare(submissionDayPassesAt(period, frequency, dueWorkingDay), now) > 0) {
    period = (period - step) as Period;
  }
  return period;
}

/** The next period whose submission day will pass, and when it will. */
export function nextPassing(
  now: Temporal.Instant,
  frequency: Frequency,
  dueWorkingDay: number,
): { period: Period; at: Temporal.Instant } {
  const period = (lastPassedPeriod(now, frequency, dueWorkingDay) + stepOf(frequency)) as Period;
  return { period, at: submissionDayPassesAt(period, frequency, dueWorkingDay) };
}

/** Whether a decision of this period is fresh: one of the last `tellWithin` whose submission day has passed, or later. */
export function isFresh(
  period: Period,
  { lastPassed, tellWithin, frequency }: { lastPassed: Period; tellWithin: number; frequency: Frequency },
): boolean {
  return period > lastPassed - tellWithin * stepOf(frequency);
}
