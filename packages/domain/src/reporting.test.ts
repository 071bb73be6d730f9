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
  expect(decideReporting(silentFor, { boardAfter: 1, step: 3 })).toEqual([
    { period: q1, event: "raised", metrics: ["falls"] },
    { period: q1 + 3, event: "continued", metrics: ["beds", "falls"] },
    { period: q1 + 6, event: "resolved", metrics: [] },
  ]);
});

test("there is no reporting case without the rule, or without a series", () => {
  expect(decideReporting(new Map([["falls", quarters(9)]]), { boardAfter: undefined, step: 3 })).toEqual([]);
  expect(decideReporting(new Map(), { boardAfter: 1, step: 3 })).toEqual([]);
});

test("a return that its chair closed is owed again once it has come again, and others meanwhile", () => {
  const silentFor = new Map([
    ["beds", quarters(0, 0, 0, 1, 2, 0, 0)],
    ["falls", quarters(1, 2, 3, 4, 0, 0, 1)],
  ]);
  const events = decideReporting(silentFor, { boardAfter: 1, step: 3, closures: [q1 + 3] });
  expect(
    events.map(({ period, event, metrics, closed }) => [(period - q1) / 3, event, metrics.join(), closed]),
  ).toEqual([
    [0, "raised", "falls", undefined],
    [1, "resolved", "", true],
    [3, "raised", "beds", undefined],
    [4, "continued", "beds", undefined],
    [5, "resolved", "", undefined],
    [6, "raised", "falls", undefined],
  ]);
});

test("a case raised in the last period reached can be closed in the next, and nothing that does not stand", () => {
  const silentFor = new Map([["falls", quarters(0, 1)]]);
  const closed = decideReporting(silentFor, { boardAfter: 1, step: 3, closures: [q1, q1 + 6] });
  expect(closed.map(({ period, event }) => [(period - q1) / 3, event])).toEqual([
    [1, "raised"],
    [2, "resolved"],
  ]);
});
