import { expect, test } from "vitest";
import { type Period, periodOf } from "./period.ts";
import { decideReporting } from "./reporting.ts";

const q1 = periodOf(2024, 4);
const quarters = (...counts: number[]): ReadonlyMap<Period, number> =>
  new Map(counts.map((count, i) => [(q1 + 3 * i) as Period, count]));

test("quarters follow quarters, and the metrics that are silent are named by code", () => {
  const silentFor = new Map([
    ["falls", quarters(1, 2, 0)],
    ["beds", quarters(0, 1, 0)],
  ]);
  expect(decideReporting(silentFor, 1, 3)).toEqual([
    { period: q1, event: "raised", metrics: ["falls"] },
    { period: q1 + 3, event: "continued", metrics: ["beds", "falls"] },
    { period: q1 + 6, event: "resolved", metrics: [] },
  ]);
});

test("there is no reporting case without the rule, or without a series", () => {
  expect(decideReporting(new Map([["falls", quarters(9)]]), undefined, 3)).toEqual([]);
  expect(decideReporting(new Map(), 1, 3)).toEqual([]);
});
