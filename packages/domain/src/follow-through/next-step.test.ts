import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addWorkingDays } from "../working-days.ts";
import type { AskedKind } from "./asked.ts";
import type { CaseFacts, DoneOn, OpenStep } from "./case-facts.ts";
import { fiveStates } from "./five-states.ts";
import { nextStep } from "./next-step.ts";

const TODAY = "2026-12-08";
const OWNER = "owner@example.org";
const CHAIR = "chair@example.org";

const asked = (kind: AskedKind, dueOn: string, given: Partial<OpenStep> = {}): OpenStep => ({
  kind,
  people: [OWNER],
  dueOn,
  stage: "asked",
  quiet: false,
  why: "",
  ...given,
});

const aCase: CaseFacts = {
  standing: true,
  shownOn: null,
  open: [],
  acknowledged: null,
  plan: null,
  looksNext: { people: [CHAIR], on: "2027-01-07" },
  answering: [OWNER],
};
const noPlan = { sent: null, accepted: null, dueOn: null, delivered: null, embedded: null, owners: [] };
const on = (day: string): DoneOn => ({ on: day, by: OWNER });

describe("what comes next", () => {
  test.each<[string, Partial<CaseFacts>, string]>([
    [
      "the nearest day",
      { open: [asked("action-plan", "2026-12-22"), asked("acknowledgement", "2026-12-10")] },
      "acknowledgement of owner@example.org by 2026-12-10",
    ],
    [
      "what a case comes to first, of one day",
      { open: [asked("commentary", "2026-12-10"), asked("action-plan", "2026-12-10")] },
      "action-plan of owner@example.org by 2026-12-10",
    ],
    [
      "what is said aloud before what is quiet",
      { open: [asked("review", "2026-12-09", { quiet: true }), asked("risk", "2027-01-10")] },
      "risk of owner@example.org by 2027-01-10",
    ],
    [
      "what is overdue",
      { open: [asked("action", "2026-11-30")] },
      "action of owner@example.org by 2026-11-30, overdue",
    ],
    ["that its forums come to see it", { shownOn: "2026-12-10" }, "shown of owner@example.org by 2026-12-10"],
    ["that its forum looks at it", {}, "review of chair@example.org by 2027-01-07"],
  ])("is %s", (_, facts, expected) => {
    const next = nextStep({ ...aCase, ...facts }, TODAY);
    expect(`${next?.what} of ${next?.who.join()} by ${next?.dueOn}${next?.isOverdue ? ", overdue" : ""}`).toBe(
      expected,
    );
  });

  test("of a case that has ended is nothing", () => {
    expect(nextStep({ ...aCase, standing: false, open: [asked("action", "2026-12-10")] }, TODAY)).toBeNull();
  });
});

describe("the five states", () => {
  const said = (facts: Partial<CaseFacts>) =>
    fiveStates({ ...aCase, ...facts }, TODAY).map(
      ({ reached, dueOn, isOverdue }) => reached?.on ?? (dueOn === null ? "-" : `${isOverdue ? "late " : ""}${dueOn}`),
    );

  test.each<[string, Partial<CaseFacts>, string[]]>([
    ["of a case of which nothing was asked", {}, ["-", "-", "-", "-", "-"]],
    [
      "of one that was asked for a plan",
      { open: [asked("acknowledgement", "2026-12-07"), asked("action-plan", "2026-12-22")] },
      ["late 2026-12-07", "2026-12-22", "-", "-", "-"],
    ],
    [
      "of a plan that was sent without a word before",
      { plan: { ...noPlan, sent: on("2026-12-01") }, open: [asked("plan-decision", "2026-12-10")] },
      ["2026-12-01", "2026-12-01", "2026-12-10", "-", "-"],
    ],
    [
      "of a plan that was sent back",
      {
        acknowledged: on("2026-11-26"),
        plan: { ...noPlan, sent: on("2026-12-01") },
        open: [asked("action-plan", "2026-12-15")],
      },
      ["2026-11-26", "2026-12-15", "-", "-", "-"],
    ],
    [
      "of actions under way",
      {
        acknowledged: on("2026-11-26"),
        plan: { ...noPlan, sent: on("2026-12-01"), accepted: on("2026-12-02"), dueOn: "2027-02-01" },
        open: [asked("action", "2027-01-04"), asked("action", "2027-02-01")],
      },
      ["2026-11-26", "2026-12-01", "2026-12-02", "2027-02-01", "-"],
    ],
    [
      "of actions that are done",
      {
        plan: { ...noPlan, sent: on("2026-10-01"), accepted: on("2026-10-02"), delivered: on("2026-12-01") },
        open: [asked("embedding", "2027-03-01")],
      },
      ["2026-10-01", "2026-10-01", "2026-10-02", "2026-12-01", "2027-03-01"],
    ],
  ])("%s", (_, facts, expected) => {
    expect(said(facts)).toEqual(expected);
  });
});

/** What a case's people do: whoever is next answers, and now and then something comes between. */
type Between = "nothing" | "sent-back" | "restated" | "challenged" | "moved" | "late" | "covered";
interface Walk {
  readonly facts: CaseFacts;
  readonly today: string;
  readonly isRecovered: boolean;
}

const inDays = (day: string, n: number) => addWorkingDays(Temporal.PlainDate.from(day), n).toString();

/** A case after its next step was answered, as the parts of Signalbox answer each kind. */
function answered({ facts, today, isRecovered }: Walk, between: Between): Walk {
  const next = nextStep(facts, today);
  if (next === null) throw new Error("there is nothing to answer in a case that has ended");
  const day = between === "late" ? inDays(next.dueOn, 20) : next.dueOn > today ? next.dueOn : today;
  const done = { on: day, by: next.who[0] ?? null };
  const [first, ...more] = facts.open.toSorted(
    (a, b) =>
      Number(b.kind === next.what && b.dueOn === next.dueOn) - Number(a.kind === next.what && a.dueOn === next.dueOn),
  );
  const walk = (changed: Partial<CaseFacts>, recovered = isRecovered): Walk => ({
    facts: { ...facts, shownOn: null, open: more, ...changed },
    today: day,
    isRecovered: recovered,
  });
  const plan = facts.plan ?? noPlan;
  if (between === "moved" && first !== undefined) return walk({ open: [...more, { ...first, dueOn: inDays(day, 5) }] });
  if (between === "restated")
    return walk({
      open: [...more.filter(({ kind }) => kind !== "action-plan"), asked("action-plan", inDays(day, 10))],
    });
  switch (next.what) {
    case "shown":
      return walk({ open: facts.open });
    case "acknowledgement":
      return walk({ acknowledged: done });
    case "action-plan":
      return walk({
        plan: { ...plan, sent: done },
        open: [
          ...more.filter(({ kind }) => kind !== "acknowledgement"),
          asked("plan-decision", inDays(day, 5), { people: [CHAIR] }),
        ],
      });
    case "plan-decision":
      return between === "sent-back"
        ? walk({ open: [...more, asked("action-plan", inDays(day, 10))] })
        : walk({
            plan: { ...plan, accepted: done },
            open: [...more, asked("action", inDays(day, 20)), asked("action", inDays(day, 40))],
          });
    case "action":
      return more.some(({ kind }) => kind === "action")
        ? walk({})
        : walk({
            plan: { ...plan, delivered: done },
            open: [...more, asked(between === "challenged" ? "challenge" : "embedding", inDays(day, 20))],
          });
    case "challenge":
      return walk({ open: [...more, asked("action-plan", inDays(day, 10))] });
    case "embedding":
      return walk(
        {
          plan: { ...plan, embedded: done },
          open: [...more, asked("case-sign-off", inDays(day, 5), { people: [CHAIR] })],
        },
        true,
      );
    case "case-sign-off":
      return walk({ standing: !isRecovered });
    case "review":
      // A forum that looks at a case asks for a plan, or accepts it until the figure has recovered.
      return between === "covered" && isRecovered
        ? walk({ standing: false })
        : walk({
            open: [asked("action-plan", inDays(day, 10))],
            looksNext: { ...facts.looksNext, on: inDays(day, 20) },
          });
    case "risk":
    case "commentary":
    case "return":
    case "decision":
      return walk({});
  }
}

test("from any state there is a way to resolved, and on it always a next step with a day and a person", () => {
  const kinds = fc.constantFrom<AskedKind>(
    "acknowledgement",
    "action-plan",
    "plan-decision",
    "action",
    "challenge",
    "embedding",
    "case-sign-off",
    "risk",
    "commentary",
    "review",
  );
  const days = fc.integer({ min: -40, max: 40 }).map((n) => inDays(TODAY, n));
  const steps = fc.uniqueArray(fc.record({ kind: kinds, dueOn: days, quiet: fc.boolean() }), {
    maxLength: 4,
    selector: ({ kind }) => kind,
  });
  const between = fc.constantFrom<Between>(
    "nothing",
    "sent-back",
    "restated",
    "challenged",
    "moved",
    "late",
    "covered",
  );
  fc.assert(
    fc.property(steps, fc.option(days), fc.array(between, { maxLength: 12 }), (open, shownOn, mishaps) => {
      const facts = { ...aCase, shownOn, open: open.map(({ kind, dueOn, quiet }) => asked(kind, dueOn, { quiet })) };
      let walk: Walk = { facts, today: TODAY, isRecovered: false };
      for (let turn = 0; walk.facts.standing; turn++) {
        expect(turn).toBeLessThan(60);
        const next = nextStep(walk.facts, walk.today);
        expect(next?.who.length).toBeGreaterThan(0);
        expect(next?.dueOn).toMatch(/^\d{4}-\d\d-\d\d$/);
        expect(fiveStates(walk.facts, walk.today).map(({ state }) => state)).toHaveLength(5);
        walk = answered(walk, mishaps[turn] ?? "nothing");
      }
      expect(nextStep(walk.facts, walk.today)).toBeNull();
    }),
  );
});

test("a state that was reached is reached by all before it", () => {
  const some = fc.option(fc.constant(on("2026-12-01")));
  fc.assert(
    fc.property(some, some, some, some, some, (acknowledged, sent, accepted, delivered, embedded) => {
      const states = fiveStates(
        { ...aCase, acknowledged, plan: { ...noPlan, sent, accepted, delivered, embedded } },
        TODAY,
      );
      const reached = states.map((one) => one.reached !== null);
      expect(reached).toEqual(reached.toSorted((a, b) => Number(b) - Number(a)));
    }),
  );
});
