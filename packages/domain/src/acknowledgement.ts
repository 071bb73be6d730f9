import { atTime, dayOf } from "./digest.ts";
import { addWorkingDays, nthWorkingDayAfter } from "./working-days.ts";

/** Like every other chaser, before work, London time. */
const MORNING = "08:00";

/** Until when something is to follow an acknowledgement, and when it is looked at whether something did. */
export interface RunsOut {
  /** The last day for it, London's. */
  readonly expiresOn: Temporal.PlainDate;
  /** Eight in the morning of the next working day. */
  readonly lookedAt: Temporal.Instant;
}

/** The n working days (from 1) that an acknowledgement lasts; the day on which it was given does not count. */
export function runsOut(at: Temporal.Instant, workingDays: number): RunsOut {
  const expiresOn = nthWorkingDayAfter(dayOf(at), workingDays);
  return { expiresOn, lookedAt: atTime(addWorkingDays(expiresOn, 1), MORNING) };
}
