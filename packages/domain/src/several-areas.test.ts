import { describe, expect, test } from "vitest";
import { type Period, periodOf } from "./period.ts";
import { decideSeveralAreas, monthsOfAreas, type StandingSeries } from "./several-areas.ts";

const april = periodOf(2024, 4);
const protocol = { areas: 2, stepDownAfter: 2 };
const month = (offset: number, areas: string[], hasValue = true) => ({
  period: (april + offset) as Period,
  areas,
  hasValue,
});
const told = (months: ReturnType<typeof month>[]): string[] =>
  decideSeveralAreas(months, protocol).map(({ period, event, tier }) => `${period - april} ${event} ${tier}`);

describe("a provider before the SLT for several areas", () => {
  test("is raised with the areas named, continues and resolves by the step-down rule", () => {
    const months = [month(0, ["mh"]), month(1, ["mh", "uec"]), month(2, ["mh", "uec"]), month(3, ["mh"]), month(4, [])];
    expect(told(months)).toEqual(["1 raised slt", "2 continued slt", "3 held slt", "4 resolved none"]);
    expect(decideSeveralAreas(months, protocol)[0]?.areas).toEqual(["mh", "uec"]);
  });

  test("stays where it is through a month without any value, which counts for nothing", () => {
    const months = [month(0, ["mh", "uec"]), month(1, []), month(2, [], false), month(3, ["mh", "uec"])];
    expect(told(months)).toEqual(["0 raised slt", "1 held slt", "3 continued slt"]);
  });
});

test("a chair closes what stands as of a month, without a value too; areas that stand later raise a new case", () => {
  const months = [month(0, ["mh", "uec"]), month(1, ["mh", "uec"], false), month(2, ["mh", "uec"])];
  const events = decideSeveralAreas(months, { ...protocol, closures: [april + 1] });
  expect(events.map(({ period, event, closed }) => [period - april, event, closed])).toEqual([
    [0, "raised", undefined],
    [1, "resolved", true],
    [2, "raised", undefined],
  ]);
});

describe("the months of a provider", () => {
  const series = (changes: Partial<StandingSeries>): StandingSeries => ({
    area: "uec",
    first: april,
    step: 1,
    tier: Uint8Array.of(0, 1, 2),
    actual: Float64Array.of(1, NaN, 1),
    ...changes,
  });

  test("name an area from the month in which one of its series stands", () => {
    expect(monthsOfAreas([series({})])).toEqual([
      { period: april, areas: [], hasValue: true },
      { period: april + 1, areas: ["uec"], hasValue: false },
      { period: april + 2, areas: ["uec"], hasValue: true },
    ]);
  });

  test("count a quarter from its last month, and keep it until the next has ended", () => {
    const quarterly = series({ area: "mh", step: 3, tier: Uint8Array.of(1, 0), actual: Float64Array.of(1, 1) });
    const months = monthsOfAreas([quarterly]);
    expect(months.map(({ period }) => period - april)).toEqual([2, 3, 4, 5]);
    expect(months.map(({ areas, hasValue }) => [areas.length, hasValue])).toEqual([
      [1, true],
      [1, false],
      [1, false],
      [0, true],
    ]);
  });

  test("are none without a series", () => {
    expect(monthsOfAreas([])).toEqual([]);
  });
});
