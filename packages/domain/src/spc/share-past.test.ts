import { expect, test } from "vitest";
import { limitsOf } from "./limits.ts";
import { sharePast } from "./share-past.ts";

const limits = { mean: 80, lower: 74, upper: 86, nearLower: 76, nearUpper: 84 };

test.each([
  [80, "higher", 0.5],
  [78, "higher", 0.1586553],
  [82, "higher", 0.8413447],
  [84, "lower", 0.0227501],
  [74, "higher", 0.0013499],
  [60, "higher", 0],
  [100, "higher", 1],
] as const)("past a limit of %s where %s is better: %s of the periods", (limit, better, share) => {
  expect(sharePast(limit, limits, better)).toBeCloseTo(share, 6);
});

test("is all or nothing where the values never vary, and unknown without limits or a better way", () => {
  const level = { mean: 80, lower: 80, upper: 80, nearLower: 80, nearUpper: 80 };
  expect([81, 80, 79].map((limit) => sharePast(limit, level, "higher"))).toEqual([1, 0, 0]);
  expect(sharePast(80, limitsOf(Float64Array.of(5)), "higher")).toBeNull();
  expect(sharePast(80, limits, "neither")).toBeNull();
});
