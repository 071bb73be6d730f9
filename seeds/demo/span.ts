import { lastPassedPeriod, stepOf, type Frequency, type Period } from "@signalbox/domain";
import type { When } from "./shape.ts";

/** How many months of figures the demo has. */
export const MONTHS = 30;
const DUE_WORKING_DAY = 10;

/** The last month whose submission day, the tenth working day after it, is over when `today` begins. */
export function lastMonth(today: Temporal.PlainDate): Period {
  return lastPassedPeriod(today.toZonedDateTime("Europe/London").toInstant(), "monthly", DUE_WORKING_DAY);
}

/** The periods of which the demo has figures, oldest first: quarters are those that lie in its months whole. */
export function span(last: Period, frequency: Frequency): When[] {
  const step = stepOf(frequency);
  const first = last - MONTHS + 1;
  const latest = lastWhole(last, step);
  const count = Math.floor((latest - first) / step) + 1;
  return Array.from({ length: count }, (_, i) => at(latest, count - 1 - i, step));
}

/** The period that lies `ago` periods before the last one. */
export function periodAgo(last: Period, frequency: Frequency, ago: number): When {
  const step = stepOf(frequency);
  return at(lastWhole(last, step), ago, step);
}

/** How many months before the last one a period ends: the file it comes in. */
export function monthsAgo(last: Period, { period }: When, frequency: Frequency): number {
  return last - (period + stepOf(frequency) - 1);
}

function at(latest: number, ago: number, step: number): When {
  return { period: (latest - ago * step) as Period, ago };
}

function lastWhole(last: Period, step: number): number {
  return step * Math.floor((last + 1) / step) - step;
}
