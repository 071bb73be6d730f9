import type { CountedAct } from "@signalbox/db";
import { assessSeries, asPeriod, protocolSchema, rulesFor, type ThresholdRow } from "@signalbox/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { actBehind, caseActs, doneBy } from "./case-acts.ts";

const first = asPeriod(24_000);
const rules = rulesFor(protocolSchema.parse({ stepDownAfter: 2, stepDown: { signOff: ["QUA"] } }), "monthly");
const limit: ThresholdRow = {
  id: 1,
  scope: "*",
  status: "approved",
  basis: "value",
  board: 90,
  slt: 80,
  from: first,
  to: null,
};

function act(of: Partial<CountedAct>): CountedAct {
  return {
    act: "sign-off",
    series: 1,
    organisation: "P1",
    concern: "performance",
    area: "QUA",
    frequency: "monthly",
    period: first,
    note: "",
    by: "chair@example.org",
    takenBackBy: null,
    ...of,
  };
}

/** The moves of a series whose months were submitted, and acts recorded, in some order. */
function movesOf(values: readonly number[], acts: readonly CountedAct[]) {
  const count = values.length;
  const none = new Float64Array(count).fill(NaN);
  return assessSeries({
    metric: {
      better: "higher",
      frequency: "monthly",
      unit: "percent",
      decimals: 1,
      accumulates: "none",
      minimumChange: null,
      definitionChanges: [],
    },
    isSystem: false,
    rules,
    thresholds: [limit],
    first,
    count,
    actual: Float64Array.from(values),
    reasonGiven: new Uint8Array(count),
    plan: none,
    systemPlan: none,
    partial: new Uint8Array(count),
    acts: caseActs(rules, "QUA", acts),
  }).events;
}

const recorded = fc.record({
  act: fc.constantFrom("sign-off", "closure"),
  period: fc.nat(20).map((at) => first + at),
  takenBackBy: fc.constantFrom(null, null, "chair@example.org"),
});

test("acts recorded in any order, and taken back, decide the same as those that count", () => {
  const values = fc.array(fc.constantFrom(70, 85, 95, NaN), { minLength: 1, maxLength: 18 });
  const acts = fc
    .array(recorded, { maxLength: 5 })
    .chain((all) => fc.tuple(fc.constant(all.map(act)), fc.shuffledSubarray(all.map(act), { minLength: all.length })));
  fc.assert(
    fc.property(values, acts, (figures, [inOrder, shuffled]) => {
      const counting = inOrder.filter(({ takenBackBy }) => takenBackBy === null);
      expect(movesOf(figures, shuffled)).toEqual(movesOf(figures, counting));
    }),
  );
});

test("says which act a move rests on, and who need not be told of it", () => {
  const early = act({ period: first + 1, by: "early@example.org", takenBackBy: "early@example.org" });
  const late = act({ period: first + 2, by: "late@example.org" });
  const signed = { period: first + 3, reasons: [{ rule: "signed-off" }] };
  expect(actBehind([early, late], signed)?.by).toBe("late@example.org");
  expect(actBehind([early, late], { ...signed, reasons: [{ rule: "threshold" }] })).toBeNull();
  expect(doneBy([early, late], [])(signed)).toEqual(["late@example.org"]);
  const before = { period: first + 1, reasons: [{ rule: "signed-off" }] };
  expect(doneBy([early], [before])({ period: first + 1, reasons: [{ rule: "sign-off" }] })).toEqual([
    "early@example.org",
  ]);
});
