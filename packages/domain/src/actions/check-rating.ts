import { type AspectDates, ratingByDates } from "./rating-by-dates.ts";
import { type Aspect, isBetter, type Rating } from "./rating.ts";

/** A rating as somebody sends it; what is left empty is "". */
export interface RatingSent {
  readonly rating: Rating;
  readonly reason: string;
  readonly explanation: string;
  readonly mitigation: string;
  /** The day it was done, where it is complete. */
  readonly doneOn: Temporal.PlainDate | null;
}

export interface RatingFault {
  readonly field: "rating" | "reason" | "explanation" | "mitigation" | "doneOn";
  readonly message: string;
}

/** What a rating is checked against. */
export interface RatedAction {
  readonly aspect: Aspect;
  readonly dates: AspectDates;
  /** When it was delivered; null while it is not. */
  readonly deliveredOn: Temporal.PlainDate | null;
}

/**
 * What is wrong with a rating: one that is better than the days allow needs a reason, an overdue one an explanation and
 * what is done about it, a complete one its day. A worse one is always taken.
 */
export function faultsOfRating(
  sent: RatingSent,
  { aspect, dates, deliveredOn }: RatedAction,
  today: Temporal.PlainDate,
): RatingFault[] {
  if (aspect === "embedding" && deliveredOn === null)
    return [{ field: "rating", message: "Say first that the action is done: until then nothing can be embedded" }];
  if (sent.rating === "complete")
    return faultsOfDay(sent.doneOn, { since: aspect === "embedding" ? deliveredOn : null, today });
  const faults: RatingFault[] = [];
  // Whoever takes back that it is done is measured by its day again.
  if (isBetter(sent.rating, ratingByDates({ ...dates, doneOn: null }, today)) && sent.reason === "")
    faults.push({ field: "reason", message: "Say why: this is better than its day allows" });
  if (sent.rating === "overdue" && sent.explanation === "")
    faults.push({ field: "explanation", message: "Say what keeps it from being done" });
  if (sent.rating === "overdue" && sent.mitigation === "")
    faults.push({ field: "mitigation", message: "Say what is done about it" });
  return faults;
}

function faultsOfDay(
  doneOn: Temporal.PlainDate | null,
  { since, today }: { since: Temporal.PlainDate | null; today: Temporal.PlainDate },
): RatingFault[] {
  const wrong = (message: string): RatingFault[] => [{ field: "doneOn", message }];
  if (doneOn === null) return wrong("Give the day on which it was done");
  if (Temporal.PlainDate.compare(doneOn, today) > 0) return wrong("Give a day that has come: this one lies ahead");
  if (since !== null && Temporal.PlainDate.compare(doneOn, since) < 0)
    return wrong("Give a day after the action was delivered");
  return doneOn.year < 2000 ? wrong("Give a day since the year 2000") : [];
}
