import { expect, test } from "vitest";
import { escalates, protocolSchema, rulesFor } from "./protocol.ts";

const recommended = {
  stepDownAfter: 2,
  escalate: ["system", "provider"],
  deterioration: { boardAfter: 3, sltAfter: 4, confirm: "spc", sltNeedsBreach: true },
  persistence: { sltAfter: 6 },
  missing: { boardAfter: 2 },
  multipleAreas: { areas: 3 },
  quarterly: {
    deterioration: { boardAfter: 2, sltAfter: 3, confirm: "none", sltNeedsBreach: true },
    persistence: { sltAfter: 2 },
    missing: { boardAfter: 1 },
  },
  submission: { dueWorkingDay: 10 },
  tellWithin: 2,
  preview: { workingDays: 2 },
  digest: { slt: "08:30", board: "PT0S" },
  actionPlan: { slt: { dueWorkingDays: 10 }, board: { dueWorkingDays: 10 } },
  commentary: { dueWorkingDays: 5 },
  reminders: { workingDaysBefore: 2, workingDaysPerLevel: 5 },
};

test("the recommended protocol is taken as it is written", () => {
  expect(protocolSchema.parse(recommended)).toEqual(recommended);
});

test("quarterly metrics take each key that `quarterly` names whole, and the others as they are", () => {
  const rules = rulesFor(protocolSchema.parse(recommended), "quarterly");
  expect(rules.deterioration).toEqual(recommended.quarterly.deterioration);
  expect(rules.multipleAreas).toEqual({ areas: 3 });
  expect(rulesFor(protocolSchema.parse(recommended), "monthly").deterioration).toEqual(recommended.deterioration);
});

test("a part that `quarterly` leaves out of a key it names is off, not inherited", () => {
  const protocol = protocolSchema.parse({ ...recommended, quarterly: { deterioration: { boardAfter: 2 } } });
  expect(rulesFor(protocol, "quarterly").deterioration).toEqual({
    boardAfter: 2,
    sltAfter: null,
    confirm: "none",
    sltNeedsBreach: false,
  });
});

test("missing keys are off, save stepping down, telling and the submission day", () => {
  const rules = rulesFor(protocolSchema.parse({}), "monthly");
  expect(rules).toMatchObject({ stepDownAfter: 1, tellWithin: 2, submission: { dueWorkingDay: 10 } });
  expect(rules).toMatchObject({ preview: { workingDays: 0 }, digest: {} });
  expect([rules.deterioration, rules.persistence, rules.missing, rules.multipleAreas]).toEqual(
    Array(4).fill(undefined),
  );
  expect(escalates(rules, "consultant")).toBe(true);
});

test("only the kinds named become cases", () => {
  const rules = rulesFor(protocolSchema.parse(recommended), "monthly");
  expect([escalates(rules, "provider"), escalates(rules, "site")]).toEqual([true, false]);
});

test.each([
  ["an unknown key", { stepdownAfter: 2 }],
  ["an unknown key further down", { missing: { boardAfter: 2, sltAfter: 3 } }],
  ["a quarterly inside quarterly", { quarterly: { quarterly: {} } }],
  ["a count of none", { stepDownAfter: 0 }],
  ["a count with a fraction", { persistence: { sltAfter: 2.5 } }],
  ["a kind of organisation that there is none of", { escalate: ["hospital"] }],
  ["a digest at no time", { digest: { slt: "half past eight" } }],
  ["a confirmation there is none of", { deterioration: { boardAfter: 3, confirm: "xmr" } }],
  ["no object", []],
])("%s is refused", (_, protocol) => {
  expect(protocolSchema.safeParse(protocol).success).toBe(false);
});
