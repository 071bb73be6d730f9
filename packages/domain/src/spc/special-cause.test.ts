import { describe, expect, test } from "vitest";
import { specialCauseOfLast } from "./last-point.ts";
import { limitsOf } from "./limits.ts";
import { mean } from "./mean.ts";
import { runs } from "./run.ts";
import { CAUSES, specialCauses } from "./special-cause.ts";
import { trends } from "./trend.ts";

const quiet = [10, 11, 10, 9, 10, 11, 10, 9, 10, 11, 10, 9];
const values = (...numbers: (number | null)[]): Float64Array => Float64Array.from(numbers, (number) => number ?? NaN);

function marks(points: Float64Array, options = {}): string[] {
  const { cause, direction } = specialCauses(points, limitsOf(points), options);
  const sign = (i: number): string => ["-", "", "+"][(direction[i] ?? 0) + 1] ?? "";
  return Array.from(points, (_, i) => (cause[i] === 0 ? "" : `${CAUSES[cause[i] ?? 0]}${sign(i)}`));
}

describe("limits", () => {
  test("lie 2.66 mean moving ranges about the mean, the near ones two thirds of that", () => {
    expect(limitsOf(values(1, 3, 1, 3))).toEqual({
      mean: 2,
      lower: 2 - 5.32,
      upper: 2 + 5.32,
      nearLower: 2 - 2 * (2 * (2.66 / 3)),
      nearUpper: 2 + 2 * (2 * (2.66 / 3)),
    });
  });

  test("leave a moving range out that is 3.267 times the mean of them or more", () => {
    const jump = values(...quiet, 40);
    expect(limitsOf(jump).upper).toBeCloseTo(mean(jump) + 2.66);
    expect(limitsOf(jump, { screenOutliers: false }).upper).toBeGreaterThan(mean(jump) + 2.66 * 3);
  });

  test("do not bridge a gap, which still uses up a place of a fixed baseline", () => {
    expect(limitsOf(values(1, null, 100, 101)).upper).toBeCloseTo(202 / 3 + 2.66);
    expect(limitsOf(values(1, null, 3, 100), { fixAfter: 3 }).mean).toBe(2);
  });

  test("are none for one value, or for values that never change", () => {
    expect(limitsOf(values(5)).upper).toBeNaN();
    expect(limitsOf(values(0.1, 0.1, 0.1)).upper).toBeNaN();
  });
});

test("the mean of equal values is that value to the last bit", () => {
  expect(mean(new Float64Array(36).fill(0.1))).toBe(0.1);
  expect(mean(values(null, null))).toBeNaN();
});

describe("special causes", () => {
  test("a point outside a limit", () => {
    expect(marks(values(...quiet, 14)).at(-1)).toBe("outside+");
    expect(specialCauseOfLast(values(...quiet, 6))).toBe("low");
  });

  test("two in three close to one limit, the third on the same side unmarked", () => {
    expect(marks(values(...quiet, 13, 11, 13)).slice(-3)).toEqual(["two-of-three+", "", "two-of-three+"]);
    expect(specialCauseOfLast(values(...quiet, 13, 11, 13))).toBe("high");
  });

  test("not two in three across the mean", () => {
    expect(marks(values(...quiet, 13, 9, 13)).slice(-3)).toEqual(["", "", ""]);
    expect(specialCauseOfLast(values(...quiet, 13, 9, 13))).toBeNull();
  });

  test("seven in a row that rise or fall, six where six are asked for", () => {
    expect([...trends(values(1, 2, 3, 4, 5, 6, 7), 7)]).toEqual(Array(7).fill(1));
    expect([...trends(values(6, 5, 4, 3, 2, 1), 7)]).toEqual(Array(6).fill(0));
    expect([...trends(values(6, 5, 4, 3, 2, 1), 6)]).toEqual(Array(6).fill(-1));
    expect(marks(values(5, 7, 1, 2, 3, 4, 5, 6, 7, 1, 7)).slice(2, 9)).toEqual(Array(7).fill("trend+"));
  });

  test("no trend over a level step or a gap", () => {
    expect([...trends(values(1, 2, 3, 3, 4, 5, 6, 7), 7)]).toEqual(Array(8).fill(0));
    expect([...trends(values(1, 2, 3, null, 4, 5, 6, 7), 7)]).toEqual(Array(8).fill(0));
  });

  test("seven in a row on one side of the mean, which a point on the mean breaks", () => {
    const below = [8, 9, 8, 9, 8, 9, 8];
    const above = [12, 11, 12, 11, 12, 11, 12];
    expect(marks(values(...below, ...above))).toEqual([...Array(7).fill("run-"), ...Array(7).fill("run+")]);
    expect(marks(values(8, 9, 8, 10, 8, 9, 8, 12, 11, 12, 10, 12, 11, 12)).join("")).toBe("");
  });

  test("points on the mean are none, however many", () => {
    const level = values(...Array<number>(9).fill(5));
    expect([...runs(level, limitsOf(level, { screenOutliers: false }), 7)]).toEqual(Array(9).fill(0));
  });

  test("no missing value is one, and a gap breaks a run", () => {
    expect(marks(values(8, 9, 8, null, 9, 8, 9, 12, 11, 12, null, 11, 12, 11)).join("")).toBe("");
  });
});
