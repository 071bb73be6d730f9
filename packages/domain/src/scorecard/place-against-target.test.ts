import { describe, expect, test } from "vitest";
import type { Better } from "../metric.ts";
import type { Unit } from "../value.ts";
import { placeAgainstTarget, type TargetPlace } from "./place-against-target.ts";

const place = (better: Better, value: number, target: number, unit: Unit = "percent"): TargetPlace =>
  placeAgainstTarget({ better, unit }, value, target);

describe("a measure against its target", () => {
  test.each<[says: string, better: Better, value: number, target: number, TargetPlace]>([
    ["on the target is met", "higher", 95, 95, "met"],
    ["above it where higher is better is met", "higher", 99, 95, "met"],
    ["below it by less than a tenth of the target", "higher", 86, 95, "below"],
    ["below it by a tenth of the target exactly", "higher", 85.5, 95, "below-by-10-percent"],
    ["below it by more than a tenth", "higher", 60, 95, "below-by-10-percent"],
    ["a tenth that doubles cannot write", "higher", 60.03, 66.7, "below-by-10-percent"],
    ["above it where lower is better is worse", "lower", 5.2, 5, "below"],
    ["above it by a tenth where lower is better", "lower", 5.5, 5, "below-by-10-percent"],
    ["below it where lower is better is met", "lower", 4, 5, "met"],
    ["shown as met, but unrounded below", "higher", 94.96, 95, "below"],
    ["just met, unrounded", "higher", 95.000001, 95, "met"],
    ["a target of nothing, met", "lower", 0, 0, "met"],
    ["a target of nothing, missed by however little", "lower", 1, 0, "below-by-10-percent"],
    ["a deficit against break-even", "higher", -1, 0, "below-by-10-percent"],
    ["a negative target, by its size", "higher", -105, -100, "below"],
    ["a negative target, missed by a tenth of its size", "higher", -110, -100, "below-by-10-percent"],
    ["no target", "higher", 95, NaN, "no-target"],
    ["no target and no value", "higher", NaN, NaN, "no-target"],
    ["a target and no value", "higher", NaN, 95, "no-value"],
    ["where neither way is better there is no target", "neither", 95, 90, "no-target"],
    ["where neither way is better, without a value", "neither", NaN, 90, "no-target"],
  ])("%s", (_, better, value, target, expected) => {
    expect(place(better, value, target)).toBe(expected);
  });

  test("a grade has no tenth: one below the target is below by 10 % or more", () => {
    expect(place("higher", 1, 2, "ordinal")).toBe("below-by-10-percent");
    expect(place("higher", 19, 20, "ordinal")).toBe("below-by-10-percent");
    expect(place("higher", 2, 2, "ordinal")).toBe("met");
    expect(place("higher", 0, 1, "yesno")).toBe("below-by-10-percent");
    expect(place("higher", 1, 1, "yesno")).toBe("met");
  });
});
