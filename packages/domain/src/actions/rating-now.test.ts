import fc from "fast-check";
import { expect, test } from "vitest";
import { faultsOfRating } from "./check-rating.ts";
import { ratingByDates } from "./rating-by-dates.ts";
import { type GivenRating, ratingNow } from "./rating-now.ts";
import { compareRatings, isBetter, type Rating, RATINGS } from "./rating.ts";

const day = (text: string) => Temporal.PlainDate.from(text);
const DUE = { dueOn: day("2024-05-10"), doneOn: null };

test.for([
  // given, with a reason, on, today, what holds, by what
  [null, false, null, "2024-05-11", "off-track", "dates"],
  ["on-track", false, "2024-05-01", "2024-05-10", "on-track", "person"],
  ["on-track", false, "2024-05-01", "2024-05-11", "off-track", "dates"],
  ["on-track", true, "2024-05-01", "2024-05-11", "off-track", "dates"],
  ["on-track", true, "2024-05-12", "2024-06-10", "on-track", "person"],
  ["on-track", true, "2024-05-12", "2024-06-11", "overdue", "dates"],
  ["off-track", true, "2024-06-12", "2024-09-01", "off-track", "person"],
  ["off-track", false, "2024-06-12", "2024-09-01", "overdue", "dates"],
  ["overdue", false, "2024-04-01", "2024-04-02", "overdue", "person"],
  ["off-track", false, "2024-04-01", "2024-05-20", "off-track", "person"],
  // Whoever says complete gives its day, and the day says so; without one it is not.
  ["complete", true, "2024-04-01", "2024-06-20", "overdue", "dates"],
] as const)("%s given (reason: %s, on %s): on %s it is %s by %s", ([rating, hasReason, on, today, holds, by]) => {
  const given = rating === null ? null : { rating, reason: hasReason ? "The parts came late" : "", on: day(on) };
  expect(ratingNow(given, DUE, day(today))).toEqual({ rating: holds, by });
});

test("is complete from the day on which it was done, whatever was said before", () => {
  const done = { dueOn: day("2024-05-10"), doneOn: day("2024-08-01") };
  const given: GivenRating = { rating: "overdue", reason: "", on: day("2024-07-01") };
  expect(ratingNow(given, done, day("2024-08-01"))).toEqual({ rating: "complete", by: "dates" });
});

const days = fc.integer({ min: 0, max: 900 }).map((n) => day("2023-01-01").add({ days: n }));
const rating = fc.constantFrom<Rating[]>(...RATINGS);
const given = fc.record({ rating, reason: fc.constantFrom("", "The parts came late"), on: days });
const dates = fc.record({ dueOn: fc.option(days), doneOn: fc.option(days) });

test("nothing is better than its days without a reason", () => {
  fc.assert(
    fc.property(given, dates, days, (said, of, today) => {
      const holds = ratingNow({ ...said, reason: "" }, of, today);
      expect(isBetter(holds.rating, ratingByDates(of, today))).toBe(false);
    }),
  );
});

test("while nobody does anything it never gets better, until it is done", () => {
  fc.assert(
    fc.property(fc.option(given), dates, days, fc.integer({ min: 0, max: 400 }), (said, of, today, later) => {
      const since = said === null || Temporal.PlainDate.compare(said.on, today) <= 0 ? today : said.on;
      const then = since.add({ days: later });
      const [before, after] = [ratingNow(said, of, since), ratingNow(said, of, then)];
      expect(after.rating === "complete" || compareRatings(after.rating, before.rating) >= 0).toBe(true);
    }),
  );
});

const SENT = { rating: "on-track", reason: "", explanation: "", mitigation: "", doneOn: null } as const;
const ACTION = { aspect: "delivery", dates: DUE, deliveredOn: null } as const;

test.for([
  [{ ...SENT }, "2024-05-10", []],
  [{ ...SENT }, "2024-05-11", ["reason"]],
  [{ ...SENT, reason: "Parts came" }, "2024-05-11", []],
  [{ ...SENT, rating: "off-track" }, "2024-01-11", []],
  [{ ...SENT, rating: "off-track" }, "2024-06-11", ["reason"]],
  [{ ...SENT, rating: "overdue" }, "2024-01-11", ["explanation", "mitigation"]],
  [{ ...SENT, rating: "overdue", explanation: "Parts", mitigation: "Hired" }, "2024-01-11", []],
  [{ ...SENT, rating: "complete" }, "2024-09-11", ["doneOn"]],
  [{ ...SENT, rating: "complete", doneOn: day("2024-09-12") }, "2024-09-11", ["doneOn"]],
  [{ ...SENT, rating: "complete", doneOn: day("0024-09-12") }, "2024-09-11", ["doneOn"]],
  [{ ...SENT, rating: "complete", doneOn: day("2024-09-11") }, "2024-09-11", []],
] as const)("%o sent on %s lacks %o", ([sent, today, lacks]) => {
  expect(faultsOfRating(sent, ACTION, day(today)).map(({ field }) => field)).toEqual(lacks);
});

test("is not said to be normal practice before it is done, nor on an earlier day", () => {
  const complete = { ...SENT, rating: "complete", doneOn: day("2024-04-01") } as const;
  const embedding = { ...ACTION, aspect: "embedding" } as const;
  expect(faultsOfRating(complete, embedding, day("2024-05-01"))[0]?.field).toBe("rating");
  const delivered = { ...embedding, deliveredOn: day("2024-04-02") };
  expect(faultsOfRating(complete, delivered, day("2024-05-01"))[0]?.field).toBe("doneOn");
  expect(faultsOfRating({ ...complete, doneOn: day("2024-04-02") }, delivered, day("2024-05-01"))).toEqual([]);
});

test("what was taken back as not done is measured by its day again", () => {
  const done = { ...ACTION, dates: { ...DUE, doneOn: day("2024-05-01") } };
  expect(faultsOfRating({ ...SENT }, done, day("2024-05-20")).map(({ field }) => field)).toEqual(["reason"]);
});
