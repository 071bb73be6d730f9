import { submissionDay } from "./calendar.ts";
import { atTime, dayOf, startOfDay } from "./digest.ts";
import { asPeriod, type Period, periodContaining, stepOf } from "./period.ts";
import { type Source, sourceFrequency } from "./source.ts";
import { addWorkingDays } from "./working-days.ts";

/** A period whose file may be there: asked for from a moment on, and late from another. */
export interface AskedPeriod {
  readonly period: Period;
  readonly from: Temporal.Instant;
  readonly lateAt: Temporal.Instant;
}

/** What came of asking a source once. */
export type Asked =
  | { readonly kind: "came" | "unchanged" }
  /** The server has no such file, or no longer. */
  | { readonly kind: "not-there"; readonly why: string }
  /** `after` is when the server wants to be asked again. */
  | { readonly kind: "failed"; readonly why: string; readonly after?: Temporal.Instant | null };

/** How a source stands after it was asked: when next, and why it is chased, null for not. */
export interface NextAsking {
  readonly failures: number;
  readonly nextAt: Temporal.Instant;
  readonly chase: "failing" | "late" | null;
}

/** A published file is restated for a while: so many of the last periods are asked for, those that came once a day. */
export const ASKED_PERIODS = 3;
const FAILURES = 3;
const LATE_WORKING_DAYS = 2;
const LATE_AT = "08:00";
const LONGEST_HOURS = 24;
const LATE_HOURS = 6;

/** The periods of a source that are asked for, earliest first: the last few whose working day has begun. */
export function askedPeriods({ url, workingDay }: Source, now: Temporal.Instant): AskedPeriod[] {
  const frequency = sourceFrequency(url);
  const asked: AskedPeriod[] = [];
  let period = periodContaining(dayOf(now), frequency);
  while (asked.length < ASKED_PERIODS) {
    period = asPeriod(period - stepOf(frequency));
    const day = submissionDay(period, frequency, workingDay);
    const from = startOfDay(day);
    if (Temporal.Instant.compare(from, now) > 0) continue;
    asked.unshift({ period, from, lateAt: atTime(addWorkingDays(day, LATE_WORKING_DAYS), LATE_AT) });
  }
  return asked;
}

/** The next moment at which a period's file is to be asked for the first time. */
export function nextAskedPeriod(source: Source, now: Temporal.Instant): Temporal.Instant {
  const frequency = sourceFrequency(source.url);
  const last = askedPeriods(source, now).at(-1)?.period ?? periodContaining(dayOf(now), frequency);
  return startOfDay(submissionDay(asPeriod(last + stepOf(frequency)), frequency, source.workingDay));
}

/**
 * Decides when to ask again. What has not come is asked for every hour, and less often once it is late; a source that
 * fails, after an hour, two, four, up to a day, or as it says; what came, once a day, for it may be restated. A source is
 * chased once it failed three times in a row, or once it is two working days late.
 */
export function nextAsking(
  asked: Asked,
  {
    failures,
    hasCome,
    lateAt,
    now,
  }: { failures: number; hasCome: boolean; lateAt: Temporal.Instant; now: Temporal.Instant },
): NextAsking {
  const isLate = !hasCome && Temporal.Instant.compare(now, lateAt) >= 0;
  if (asked.kind !== "failed") {
    if (hasCome || asked.kind !== "not-there")
      return { failures: 0, nextAt: now.add({ hours: LONGEST_HOURS }), chase: null };
    const nextAt = now.add({ hours: isLate ? LATE_HOURS : 1 });
    return { failures: 0, nextAt: notPast(lateAt, nextAt, now), chase: isLate ? "late" : null };
  }
  const failed = failures + 1;
  const backOff = now.add({ hours: Math.min(LONGEST_HOURS, 2 ** Math.min(failures, 10)) });
  const nextAt = later(backOff, earlier(asked.after ?? backOff, now.add({ hours: LONGEST_HOURS })));
  return {
    failures: failed,
    nextAt: hasCome ? nextAt : notPast(lateAt, nextAt, now),
    chase: failed >= FAILURES ? "failing" : isLate ? "late" : null,
  };
}

/** A moment, or a bound before it that is still to come: lateness is noticed when it begins. */
function notPast(bound: Temporal.Instant, moment: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(bound, now) > 0 ? earlier(bound, moment) : moment;
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) <= 0 ? a : b;
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) >= 0 ? a : b;
}
