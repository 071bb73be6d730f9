import { addWorkingDays } from "../working-days.ts";
import type { Rating } from "./rating.ts";

/** The days that one aspect of an action is measured by. */
export interface AspectDates {
  /** Null where no day was set: then nothing is ever late. */
  readonly dueOn: Temporal.PlainDate | null;
  readonly doneOn: Temporal.PlainDate | null;
}

/**
 * The date part of a rating: complete where it is done, on track up to its day, off track within a calendar month after it, its
 * last day included (of 31 January: to the end of February), overdue beyond.
 */
export function ratingByDates({ dueOn, doneOn }: AspectDates, today: Temporal.PlainDate): Rating {
  if (doneOn !== null && Temporal.PlainDate.compare(doneOn, today) <= 0) return "complete";
  if (dueOn === null || Temporal.PlainDate.compare(today, dueOn) <= 0) return "on-track";
  return Temporal.PlainDate.compare(today, dueOn.add({ months: 1 })) <= 0 ? "off-track" : "overdue";
}

/**
 * The day by which a delivered action should be normal practice: so many working days after its delivery; null where the
 * protocol sets no such clock.
 */
export function embeddingDue(deliveredOn: Temporal.PlainDate, workingDays: number | undefined) {
  return workingDays === undefined ? null : addWorkingDays(deliveredOn, workingDays);
}
