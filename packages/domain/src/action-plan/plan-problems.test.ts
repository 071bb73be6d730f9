import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EMPTY_PLAN, type PlanBody, planBody, type PlannedAction } from "./plan-body.ts";
import { type PlanContext, planProblems } from "./plan-problems.ts";
import { MOST_OF_A_PLAN } from "./plan-sizes.ts";

const MARCH = 12 * 2024 + 2;
const context: PlanContext = {
  today: Temporal.PlainDate.from("2024-04-22"),
  people: new Set(["olu.owner@example.org"]),
  betterOf: (metric, organisation) => (organisation !== "RA" ? null : metric === "ae-12h" ? "lower" : "higher"),
  cases: [
    {
      metric: "ae-4h",
      organisation: "RA",
      name: "A&E four-hour performance",
      better: "higher",
      limitIn: () => 75,
      write: (value) => `${value.toFixed(1)}%`,
    },
  ],
  accepted: null,
};
const action: PlannedAction = {
  number: 1,
  what: "Open the second assessment area",
  owner: "olu.owner@example.org",
  startsOn: "2024-04-22",
  dueOn: "2024-06-03",
  effect: { metric: "ae-4h", organisation: "RA", by: 3.5, in: MARCH + 4 },
};
const whole: PlanBody = {
  ...EMPTY_PLAN,
  what: "Waits grew from January.",
  why: "One of two assessment areas was closed.",
  actions: [action],
  path: [
    {
      metric: "ae-4h",
      organisation: "RA",
      values: [
        { period: MARCH + 1, value: 72 },
        { period: MARCH + 2, value: null },
        { period: MARCH + 4, value: 76 },
      ],
    },
  ],
};
const faults = (body: PlanBody, given: Partial<PlanContext> = {}) =>
  planProblems(body, { ...context, ...given }).map(({ field, code }) => `${field} ${code}`);
const withAction = (change: Partial<PlannedAction>): PlanBody => ({ ...whole, actions: [{ ...action, ...change }] });
const withPath = (values: PlanBody["path"][number]["values"], organisation = "RA"): PlanBody => ({
  ...whole,
  path: [{ metric: "ae-4h", organisation, values }],
});

test("finds nothing wrong with a whole plan", () => {
  expect(faults(whole)).toEqual([]);
});

describe("holds a plan back from being sent", () => {
  test.each<[string, PlanBody, string[]]>([
    ["with nothing in it", EMPTY_PLAN, ["what missing", "why missing", "actions no-actions", "path no-path"]],
    ["without what happened", { ...whole, what: " \n" }, ["what missing"]],
    ["with an action of nobody", withAction({ owner: "" }), ["actions.0.owner missing"]],
    ["with an action of a stranger", withAction({ owner: "eve@example.org" }), ["actions.0.owner unknown-person"]],
    ["with an action without a day", withAction({ dueOn: null }), ["actions.0.dueOn missing"]],
    ["with an action that says nothing", withAction({ what: "" }), ["actions.0.what missing"]],
    [
      "with an action due before it starts",
      withAction({ startsOn: "2024-06-04" }),
      ["actions.0.dueOn due-before-start"],
    ],
    [
      "with an action due yesterday",
      withAction({ startsOn: null, dueOn: "2024-04-21" }),
      ["actions.0.dueOn due-in-past"],
    ],
    [
      "with an effect on another's figure",
      withAction({ effect: { metric: "ae-4h", organisation: "RB", by: 1, in: MARCH } }),
      ["actions.0.effect not-your-series"],
    ],
    [
      "with an effect that makes the figure worse",
      withAction({ effect: { metric: "ae-12h", organisation: "RA", by: 3, in: MARCH } }),
      ["actions.0.effect.by wrong-way"],
    ],
    [
      "with an effect of which neither size nor time is known",
      withAction({ effect: { metric: "ae-4h", organisation: "RA", by: null, in: null } }),
      ["actions.0.effect.by missing", "actions.0.effect.in missing"],
    ],
    [
      "with two actions of one number",
      { ...whole, actions: [action, action] },
      ["actions.0.number number-twice", "actions.1.number number-twice"],
    ],
    ["with no path of its case's series", { ...whole, path: [] }, ["path no-path"]],
    ["with a path without values", withPath([{ period: MARCH, value: null }]), ["path.0 no-path"]],
    ["with a path that never comes back", withPath([{ period: MARCH, value: 74.9 }]), ["path.0 path-not-back"]],
    [
      "with a path that comes back and falls again",
      withPath([
        { period: MARCH + 2, value: 74 },
        { period: MARCH + 1, value: 78 },
      ]),
      ["path.0 path-not-back"],
    ],
    [
      "with a period twice",
      withPath([
        { period: MARCH, value: 75 },
        { period: MARCH, value: 76 },
      ]),
      ["path.0.values.1 period-twice"],
    ],
    [
      "with a path of another's figure",
      withPath([{ period: MARCH, value: 76 }], "RB"),
      ["path.0 not-your-series", "path no-path"],
    ],
    ["with a cost below nothing", { ...whole, cost: -1 }, ["cost negative-cost"]],
  ])("%s", (_, body, expected) => {
    expect(faults(body)).toEqual(expected);
  });

  test("but not by a limit that there is none of, nor by a path that ends on the limit", () => {
    const [one] = context.cases;
    const low = withPath([{ period: MARCH, value: 12 }]);
    expect(faults(low, { cases: one === undefined ? [] : [{ ...one, limitIn: () => null }] })).toEqual([]);
    expect(faults(withPath([{ period: MARCH, value: 75 }]))).toEqual([]);
  });

  test("but not by a day that is past and stood so in the revision that was accepted", () => {
    const revised = withAction({ startsOn: null, dueOn: "2024-04-01" });
    expect(faults(revised, { accepted: revised })).toEqual([]);
    expect(faults(withAction({ startsOn: null, dueOn: "2024-04-02" }), { accepted: revised })).toHaveLength(1);
  });
});

describe("holds a draft back from being saved", () => {
  test("only by what does not fit", () => {
    const long = {
      ...whole,
      help: "x".repeat(MOST_OF_A_PLAN.text + 1),
      actions: Array.from({ length: 41 }, () => action),
    };
    const saving = (body: PlanBody) =>
      planProblems(body, context).flatMap(({ field, holds }) => (holds === "saving" ? [field] : []));
    expect(saving(long)).toEqual(["help", "actions"]);
    expect(saving(EMPTY_PLAN)).toEqual([]);
  });
});

test("every fault says what to do about it, at a field of the plan", () => {
  const text = fc.string({ maxLength: 12 });
  const day = fc.option(fc.constantFrom("2024-01-31", "2024-04-22", "2024-12-24"));
  const effect = fc.record({
    metric: fc.constantFrom("ae-4h", "ae-12h"),
    organisation: fc.constantFrom("RA", "RB"),
    by: fc.option(fc.integer()),
    in: fc.option(fc.integer({ min: MARCH, max: MARCH + 9 })),
  });
  const any = fc.record({
    what: text,
    why: text,
    actions: fc.array(
      fc.record({
        number: fc.integer({ min: 1, max: 4 }),
        what: text,
        owner: fc.constantFrom("", "olu.owner@example.org", "eve@example.org"),
        startsOn: day,
        dueOn: day,
        effect: fc.option(effect),
      }),
      { maxLength: 4 },
    ),
    cost: fc.option(fc.integer()),
  });
  fc.assert(
    fc.property(any, (given) => {
      const body = planBody.parse({
        ...given,
        what: given.what.replaceAll("\0", ""),
        why: given.why.replaceAll("\0", ""),
        actions: given.actions.map((one) => ({ ...one, what: one.what.replaceAll("\0", "") })),
      });
      for (const { field, message, holds } of planProblems(body, context)) {
        expect(["what", "why", "actions", "path", "cost"]).toContain(field.split(".")[0]);
        expect(message).toMatch(/^[A-Z].*\.$/);
        expect(holds).toBe("sending");
      }
    }),
  );
});
