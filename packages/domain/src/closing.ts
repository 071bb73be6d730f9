import { type Frequency, type Period, periodContaining, stepOf } from "./period.ts";

/** When an organisation opened and closed, both days included; null is always open on that side. */
export interface OpenDays {
  readonly opened: Temporal.PlainDate | null;
  readonly closed: Temporal.PlainDate | null;
}

/** The first and last period, both included, that may be reached at all; null is no limit. */
export interface OpenPeriods {
  readonly first: Period | null;
  readonly last: Period | null;
}

/** The periods that neither end before the organisation opened nor begin after it closed (contract 6, rule 10). */
export function openPeriods({ opened, closed }: OpenDays, frequency: Frequency): OpenPeriods {
  return {
    first: opened === null ? null : periodContaining(opened, frequency),
    last: closed === null ? null : periodContaining(closed, frequency),
  };
}

/** The same, ended with the period that a month is in, where that is sooner; a quarter counts by its first month. */
export function endedWith(open: OpenPeriods, month: Period, frequency: Frequency): OpenPeriods {
  const last = (month - (month % stepOf(frequency))) as Period;
  return open.last !== null && open.last <= last ? open : { first: open.first, last };
}

export function isOpenIn({ first, last }: OpenPeriods, period: Period): boolean {
  return (first === null || period >= first) && (last === null || period <= last);
}

/** The first period that is not reached because the organisation closed: what stands then ends as withdrawn, `closed`. */
export function firstClosedPeriod({ last }: OpenPeriods, frequency: Frequency): Period | null {
  return last === null ? null : ((last + stepOf(frequency)) as Period);
}

/**
 * The periods a series has reached: from its first value to its last, or to the last passed one, within the periods its
 * organisation was open; null without a value in them. `actual` holds the values from `first` on, NaN for none.
 */
export function reachOf(
  { first, frequency, actual }: { first: Period; frequency: Frequency; actual: ArrayLike<number> },
  open: OpenPeriods,
  lastPassed: Period,
): { first: Period; last: Period } | null {
  const step = stepOf(frequency);
  let begins: Period | null = null;
  let ends: Period | null = null;
  for (let i = 0; i < actual.length; i += 1) {
    const period = (first + i * step) as Period;
    if (Number.isNaN(actual[i] ?? NaN) || !isOpenIn(open, period)) continue;
    begins ??= period;
    ends = period;
  }
  if (begins === null || ends === null) return null;
  const passed = open.last === null ? lastPassed : Math.min(lastPassed, open.last);
  return { first: begins, last: Math.max(ends, passed) as Period };
}
