import { describe, expect, test } from "vitest";
import { asPeriod, periodOf } from "../period.ts";
import { expectedBy, latestBy, type ValuesByPeriod } from "./figure-by.ts";

const MARCH = periodOf(2024, 3);
const of = (first: number, step: 1 | 3, ...values: number[]): ValuesByPeriod => ({
  first: asPeriod(first),
  step,
  values: Float64Array.from(values),
});

describe("the latest figure by a month", () => {
  test.each<[says: string, ValuesByPeriod, through: number, place: number]>([
    ["is the month's own", of(MARCH - 2, 1, 1, 2, 3), MARCH, 2],
    ["is the one before where the month has none", of(MARCH - 2, 1, 1, 2, NaN), MARCH, 1],
    ["is none of a later month", of(MARCH - 2, 1, 1, 2, 3), MARCH - 1, 1],
    ["is the last where the series ends sooner", of(MARCH - 2, 1, 1, 2), MARCH, 1],
    ["is none before the series begins", of(MARCH, 1, 1), MARCH - 1, -1],
    ["is none where it is more than a year old", of(MARCH - 13, 1, 1, NaN), MARCH, -1],
    ["may be a year old", of(MARCH - 12, 1, 1, NaN), MARCH, 0],
    ["is of a quarter that has ended", of(MARCH - 2, 3, 7), MARCH, 0],
    ["is none of a quarter that still runs", of(MARCH - 2, 3, 7), MARCH - 1, -1],
    ["is that of the quarter before meanwhile", of(MARCH - 5, 3, 6, 7), MARCH - 1, 0],
    ["of a quarter may be a year old too", of(MARCH - 14, 3, 6), MARCH, 0],
    ["of a quarter is none after more than a year", of(MARCH - 17, 3, 6), MARCH, -1],
  ])("%s", (_, series, through, place) => {
    expect(latestBy(series, asPeriod(through))).toBe(place);
  });
});

test("by a month one expects its own figure, or that of the last quarter that has ended", () => {
  expect(expectedBy(MARCH, "monthly")).toBe(MARCH);
  expect(expectedBy(MARCH, "quarterly")).toBe(MARCH - 2);
  expect(expectedBy(asPeriod(MARCH + 1), "quarterly")).toBe(MARCH - 2);
  expect(expectedBy(asPeriod(MARCH + 2), "quarterly")).toBe(MARCH - 2);
  expect(expectedBy(asPeriod(MARCH + 3), "quarterly")).toBe(MARCH + 1);
});
