import { asPeriod, type Frequency, type Period } from "../period.ts";

/** A series' values by period from `first` on, a step (1 or 3 months) apart; NaN for none. */
export interface ValuesByPeriod {
  readonly first: Period;
  readonly step: 1 | 3;
  readonly values: Float64Array;
}

/** A figure stands in for a missing later one for so many months. */
const LONGEST_AGO = 12;

/** The place of the latest figure of a period that has ended by the end of a month, not more than a year before it; -1 for none. */
export function latestBy({ first, step, values }: ValuesByPeriod, through: Period): number {
  const latest = Math.floor((through - (step - 1) - first) / step);
  const oldest = Math.max(0, Math.ceil((through - (step - 1) - LONGEST_AGO - first) / step));
  for (let at = Math.min(latest, values.length - 1); at >= oldest; at--)
    if (!Number.isNaN(values[at] ?? NaN)) return at;
  return -1;
}

/** The period whose figure a scorecard by the end of a month looks for: the month, or the last quarter that has ended. */
export function expectedBy(through: Period, frequency: Frequency): Period {
  if (frequency === "monthly") return through;
  const ended = through + 1;
  return asPeriod(ended - (ended % 3) - 3);
}
