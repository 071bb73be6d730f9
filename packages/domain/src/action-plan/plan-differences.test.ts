import { expect, test } from "vitest";
import { EMPTY_PLAN, type PlanBody } from "./plan-body.ts";
import { planDifferences } from "./plan-differences.ts";

const action = {
  number: 1,
  what: "Open a ward",
  owner: "olu.owner@example.org",
  startsOn: null,
  dueOn: "2024-06-03",
  effect: null,
};
const path = {
  metric: "ae-4h",
  organisation: "RA",
  values: [
    { period: 1, value: 70 },
    { period: 2, value: null },
  ],
};
const before: PlanBody = {
  ...EMPTY_PLAN,
  why: "A ward was shut",
  actions: [action, { ...action, number: 2 }],
  path: [path],
};

test("a plan does not differ from itself, nor by blanks or by values that nobody gave", () => {
  expect(planDifferences(before, before)).toEqual([]);
  const blank = { ...before, why: " A ward was shut\n", path: [{ ...path, values: [{ period: 1, value: 70 }] }] };
  expect(planDifferences(before, blank)).toEqual([]);
});

test("names words, actions added, dropped and changed, values of the path and the cost", () => {
  const later = { ...action, dueOn: "2024-07-01" };
  const added = { ...action, number: 3, what: "Hire" };
  const after: PlanBody = {
    ...before,
    why: "Two wards were shut",
    actions: [later, added],
    path: [
      {
        ...path,
        values: [
          { period: 1, value: 70 },
          { period: 2, value: 72 },
        ],
      },
    ],
    cost: 5000,
  };
  expect(planDifferences(before, after)).toEqual([
    { of: "text", field: "why" },
    { of: "action-changed", number: 1, what: "Open a ward", fields: ["dueOn"], before: action, after: later },
    { of: "action-dropped", number: 2, what: "Open a ward" },
    { of: "action-added", number: 3, what: "Hire" },
    { of: "path", metric: "ae-4h", organisation: "RA", values: [{ period: 2, before: null, after: 72 }] },
    { of: "cost", before: null, after: 5000 },
  ]);
});
