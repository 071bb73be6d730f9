import { expect, test } from "vitest";
import { endedWith, firstClosedPeriod, isOpenIn, openPeriods, reachOf } from "./closing.ts";
import { periodOf } from "./period.ts";

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const always = { first: null, last: null };
const april = periodOf(2024, 4);
const values = { first: april, frequency: "monthly", actual: [NaN, 1, NaN, 2, NaN] } as const;

test("an organisation is open in every period of which it had a day", () => {
  const open = openPeriods({ opened: day("2024-04-30"), closed: day("2024-06-01") }, "monthly");
  const openIn = [3, 4, 5, 6, 7].map((month) => isOpenIn(open, periodOf(2024, month)));
  expect(openIn).toEqual([false, true, true, true, false]);
  expect(firstClosedPeriod(open, "monthly")).toBe(periodOf(2024, 7));
});

test("a quarter counts from any of its days to any of its days", () => {
  const open = openPeriods({ opened: day("2024-06-30"), closed: day("2024-07-01") }, "quarterly");
  expect(open).toEqual({ first: april, last: periodOf(2024, 7) });
  expect(firstClosedPeriod(open, "quarterly")).toBe(periodOf(2024, 10));
});

test("one that never closed has no first closed period", () => {
  expect(firstClosedPeriod(always, "monthly")).toBeNull();
});

test.each([
  ["its last value, where that is later", always, periodOf(2024, 5), [5, 7]],
  ["the last passed period, where that is later", always, periodOf(2024, 9), [5, 9]],
  ["no period before it opened", { first: periodOf(2024, 6), last: null }, periodOf(2024, 9), [7, 9]],
  ["no period after it closed", { first: null, last: periodOf(2024, 6) }, periodOf(2024, 9), [5, 6]],
])("a series reaches from its first value to %s", (_, open, lastPassed, [from, to]) => {
  const reach = reachOf(values, open, lastPassed);
  expect(reach).toEqual({ first: periodOf(2024, from ?? 0), last: periodOf(2024, to ?? 0) });
});

test("a series without a value while it was open has reached nothing", () => {
  expect(reachOf(values, { first: null, last: april }, periodOf(2024, 9))).toBeNull();
});

test("what ends with a month ends with the period that it is in, or with the closing where that was sooner", () => {
  const closed = { first: april, last: periodOf(2024, 6) };
  expect(endedWith(always, periodOf(2024, 5), "monthly")).toEqual({ first: null, last: periodOf(2024, 5) });
  expect(endedWith(closed, periodOf(2024, 5), "monthly")).toEqual({ first: april, last: periodOf(2024, 5) });
  expect(endedWith(closed, periodOf(2024, 7), "monthly")).toEqual(closed);
  const quarters = [3, 4, 5, 6, 7].map((month) => endedWith(always, periodOf(2024, month), "quarterly").last);
  expect(quarters).toEqual([1, 4, 4, 4, 7].map((month) => periodOf(2024, month)));
});
