import { expect, test } from "vitest";
import type { Better } from "../metric.ts";
import { relativeChange } from "./relative-change.ts";

test.each<[says: string, better: Better, now: number, before: number, change: number]>([
  ["a rise where higher is better is for the better", "higher", 110, 100, 10],
  ["a rise where lower is better is for the worse", "lower", 110, 100, -10],
  ["of a negative figure its size counts", "higher", -90, -100, 10],
  ["the same is no change", "lower", 5, 5, 0],
  ["from nothing it is without end", "lower", 1, 0, -Infinity],
  ["from nothing to nothing it is none", "lower", 0, 0, 0],
  ["where neither way is better nothing is better or worse", "neither", 110, 100, 0],
])("%s", (_, better, now, before, change) => {
  expect(relativeChange(better, now, before)).toBe(change);
});
