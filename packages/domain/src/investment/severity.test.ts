import { describe, expect, test } from "vitest";
import { breachLength, pastLimit, type RatedFigure } from "./severity.ts";

const figure: RatedFigure = { value: 70, plan: null, better: "higher", basis: "value", board: 80, slt: 75 };

describe("how far a figure is past its limit", () => {
  test.each<[string, Partial<RatedFigure>, ReturnType<typeof pastLimit>]>([
    ["past the SLT's", {}, { rag: "red", limit: "slt", by: 5, at: 75 }],
    ["past its board's alone", { value: 78 }, { rag: "amber", limit: "board", by: 2, at: 80 }],
    ["on the limit", { value: 80 }, null],
    [
      "lower is better",
      { value: 130, better: "lower", board: 100, slt: 120 },
      { rag: "red", limit: "slt", by: 10, at: 120 },
    ],
    [
      "by variance from plan",
      { plan: 90, basis: "variance", board: -5, slt: -10 },
      { rag: "red", limit: "slt", by: 10, at: 80 },
    ],
    [
      "by percent variance",
      { value: 130, better: "lower", plan: 100, basis: "percent-variance", board: 5, slt: 20 },
      { rag: "red", limit: "slt", by: 10, at: 120 },
    ],
    ["by variance without a plan", { basis: "variance", board: -5, slt: -10 }, null],
    ["without a value", { value: null }, null],
    ["without a limit", { basis: null, board: null, slt: null }, null],
    ["where neither way is better", { better: "neither" }, null],
  ])("%s", (_, given, expected) => {
    expect(pastLimit({ ...figure, ...given })).toEqual(expected);
  });
});

test.each([
  [24_290, 24_290, "monthly", 1],
  [24_290, 24_295, "monthly", 6],
  [24_288, 24_294, "quarterly", 3],
] as const)("a breach from %i through %i, %s, has lasted %i periods", (raisedIn, through, frequency, length) => {
  expect(breachLength({ raisedIn, through }, frequency)).toBe(length);
});
