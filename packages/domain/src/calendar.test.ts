import fc from "fast-check";
import { expect, test } from "vitest";
import { isFresh, lastPassedPeriod, nextPassing, submissionDay, submissionDayPassesAt } from "./calendar.ts";
import { type Period, periodOf } from "./period.ts";

const march = periodOf(2024, 3);
const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text);

test("the tenth working day after March 2024 passes over Easter Monday", () => {
  expect(submissionDay(march, "monthly", 10).toString()).toBe("2024-04-15");
});

test("a quarter is owed after its last month", () => {
  expect(submissionDay(periodOf(2024, 1), "quarterly", 10).toString()).toBe("2024-04-15");
});

test("a submission day passes at the London midnight that ends it", () => {
  expect(submissionDayPassesAt(march, "monthly", 10).toString()).toBe("2024-04-15T23:00:00Z");
  expect(submissionDayPassesAt(periodOf(2023, 12), "monthly", 10).toString()).toBe("2024-01-16T00:00:00Z");
});

test("the last passed period changes at that midnight and not before", () => {
  expect(lastPassedPeriod(instant("2024-04-15T22:59:59Z"), "monthly", 10)).toBe(periodOf(2024, 2));
  expect(lastPassedPeriod(instant("2024-04-15T23:00:00Z"), "monthly", 10)).toBe(march);
  expect(lastPassedPeriod(instant("2024-04-15T22:59:59Z"), "quarterly", 10)).toBe(periodOf(2023, 10));
});

test("the next passing is the period after the last passed one", () => {
  const { period, at } = nextPassing(instant("2024-04-01T00:00:00Z"), "monthly", 10);
  expect([period, at.toString()]).toEqual([march, "2024-04-15T23:00:00Z"]);
});

test("what is owed late is passed late: forty working days reach back two months", () => {
  expect(lastPassedPeriod(instant("2024-04-15T23:00:00Z"), "monthly", 40)).toBe(periodOf(2024, 1));
});

test("every period passes once, in order", () => {
  const moments = fc.integer({ min: 0, max: 4e8 }).map((s) => instant("2015-01-01T00:00:00Z").add({ seconds: s }));
  fc.assert(
    fc.property(
      moments,
      fc.constantFrom("monthly", "quarterly"),
      fc.integer({ min: 1, max: 45 }),
      (now, frequency, n) => {
        const { period, at } = nextPassing(now, frequency, n);
        expect(Temporal.Instant.compare(at, now)).toBe(1);
        expect(lastPassedPeriod(at, frequency, n)).toBe(period);
      },
    ),
    { numRuns: 60 },
  );
});

test.each([
  ["the last passed month", 2024, 3, true],
  ["the one before it", 2024, 2, true],
  ["an older one", 2024, 1, false],
  ["one that has not passed", 2024, 4, true],
])("of the last two passed months, %s: fresh is %4$s", (_, year, month, expected) => {
  expect(isFresh(periodOf(year, month), { lastPassed: march, tellWithin: 2, frequency: "monthly" })).toBe(expected);
});

test("freshness of quarters counts quarters", () => {
  const lastPassed = periodOf(2024, 1);
  const fresh = (period: Period): boolean => isFresh(period, { lastPassed, tellWithin: 2, frequency: "quarterly" });
  expect([fresh(periodOf(2023, 7)), fresh(periodOf(2023, 10))]).toEqual([false, true]);
});
