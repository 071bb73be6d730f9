import { dayOf, startOfDay } from "../digest.ts";
import { addWorkingDays } from "../working-days.ts";

/** What says until when commentary may be written. */
export interface WrittenUntil {
  /** When the papers of the forum's next meeting are due; null where none is planned. */
  readonly papersDueAt: Temporal.Instant | null;
  /** "2024-05-07", the day of the request; null where nobody was asked. */
  readonly dueOn: string | null;
  /** When the period's submission day had passed. */
  readonly submitted: Temporal.Instant;
  /** From the protocol: a level of chasing, and how long authors have. */
  readonly workingDaysPerLevel: number;
  readonly dueWorkingDays: number;
}

/**
 * The moment from which commentary is frozen: when the papers of the forum's next meeting are due. Without a meeting, the end
 * of the day a level after the request's; where nobody was asked, after the day on which it would have been due.
 */
export function frozenFrom({ papersDueAt, dueOn, submitted, ...protocol }: WrittenUntil): Temporal.Instant {
  if (papersDueAt !== null) return papersDueAt;
  const due =
    dueOn === null ? addWorkingDays(dayOf(submitted), protocol.dueWorkingDays) : Temporal.PlainDate.from(dueOn);
  return startOfDay(addWorkingDays(due, protocol.workingDaysPerLevel).add({ days: 1 }));
}

/** Whether commentary may be written at a moment: until it is frozen, and again while somebody has opened it. */
export function isWritable(
  frozen: Temporal.Instant,
  opened: readonly { readonly until: Temporal.Instant }[],
  now: Temporal.Instant,
): boolean {
  const isBefore = (until: Temporal.Instant) => Temporal.Instant.compare(now, until) < 0;
  return isBefore(frozen) || opened.some(({ until }) => isBefore(until));
}
