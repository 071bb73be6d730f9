import { type AspectDates, ratingByDates } from "./rating-by-dates.ts";
import { isBetter, type Rating } from "./rating.ts";

/** What a person said of an aspect, and on which London day; `reason` is "" where they gave none. */
export interface GivenRating {
  readonly rating: Rating;
  readonly reason: string;
  readonly on: Temporal.PlainDate;
}

/** What holds, and by what: the days alone, or the person who said so. */
export interface HoldingRating {
  readonly rating: Rating;
  readonly by: "dates" | "person";
}

/**
 * The rating that holds. One that a person gave holds while it is no better than the days allow; a better one holds as long as
 * the days are no worse than they were when its reason was given.
 */
export function ratingNow(given: GivenRating | null, dates: AspectDates, today: Temporal.PlainDate): HoldingRating {
  const byDates = ratingByDates(dates, today);
  if (byDates === "complete" || given === null) return { rating: byDates, by: "dates" };
  if (given.rating === "complete") return { rating: byDates, by: "dates" };
  if (!isBetter(given.rating, byDates)) return { rating: given.rating, by: "person" };
  const then = ratingByDates(dates, given.on);
  const holds = given.reason !== "" && !isBetter(then, byDates);
  return holds ? { rating: given.rating, by: "person" } : { rating: byDates, by: "dates" };
}
