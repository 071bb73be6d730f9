import { describe, expect, test } from "vitest";
import { type Against, boardReport, together } from "./oxford-health-2019.ts";
import { placeAgainstTarget } from "./place-against-target.ts";
import { addedUp, changeOf, countPlaces, type TargetCounts } from "./target-counts.ts";

const counted = (measures: readonly Against[]): TargetCounts =>
  countPlaces(measures.map(({ metric, value, target }) => placeAgainstTarget(metric, value, target ?? NaN)));

const shown = ({ belowBy10Percent, below, met, noTarget, withTarget, percentMet }: TargetCounts) => [
  belowBy10Percent,
  below,
  met,
  noTarget,
  withTarget,
  percentMet,
];

describe("the counts of Oxford Health's board report, second quarter of 2019", () => {
  test.each(Object.entries(boardReport))("%s", (_, { measures, expected }) => {
    expect(shown(counted(measures))).toEqual(expected);
  });

  test("all domains together", () => {
    const domains = Object.values(boardReport).map(({ measures }) => counted(measures));
    expect(shown(addedUp(domains))).toEqual(together);
  });
});

test.each<[met: number, below: number, percent: number | null]>([
  [0, 0, null],
  [0, 3, 0],
  [1, 2, 33],
  [2, 1, 67],
  [1, 7, 13],
  [3, 5, 38],
  [5, 3, 63],
])("%i met and %i below is %s %% met, half up", (met, below, percent) => {
  const places = [...Array<"met">(met).fill("met"), ...Array<"below">(below).fill("below"), "no-target" as const];
  expect(countPlaces(places).percentMet).toBe(percent);
});

test("a target without a figure is counted by itself, and not among those with a target", () => {
  expect(countPlaces(["met", "no-value", "no-value", "no-target"])).toMatchObject({
    met: 1,
    noValue: 2,
    noTarget: 1,
    withTarget: 1,
    percentMet: 100,
  });
});

test("what changed against the period before, count by count; nothing where a share is missing", () => {
  const before = countPlaces(["met", "below", "no-target"]);
  const now = countPlaces(["met", "met", "below-by-10-percent", "no-target"]);
  expect(changeOf(now, before)).toEqual({
    belowBy10Percent: 1,
    below: -1,
    met: 1,
    noValue: 0,
    noTarget: 0,
    withTarget: 1,
    percentMet: 17,
  });
  expect(changeOf(countPlaces([]), before).percentMet).toBeNull();
});
