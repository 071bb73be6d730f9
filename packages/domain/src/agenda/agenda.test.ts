import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asPeriod } from "../period.ts";
import { AGENDA_GROUPS, type AgendaCase, type AgendaFigure, type CaseStood } from "./agenda-case.ts";
import { agendaGroup, type AgendaRules } from "./agenda-group.ts";
import { agendaOf } from "./agenda-of.ts";
import { figureMoved } from "./figure-moved.ts";

const MARCH = asPeriod(12 * 2024 + 2);
const board: AgendaRules = { tier: "board", tellWithin: 2, dueWorkingDay: 10 };
const slt: AgendaRules = { ...board, tier: "slt" };
const period = (ago: number) => asPeriod(MARCH - ago);

const stood = (over: Partial<CaseStood> = {}): CaseStood => ({
  event: "continued",
  period: MARCH,
  tier: "board",
  named: 0,
  at: "2024-04-20T09:00:00Z",
  ...over,
});
const figure = (value: number | null, over: Partial<AgendaFigure> = {}): AgendaFigure => ({
  period: MARCH,
  value,
  plan: null,
  rag: "amber",
  basis: "value",
  board: 78,
  slt: 70,
  ...over,
});
/** A case that its board knew a month ago, with the same figure then and now. */
const familiar = (over: Partial<AgendaCase> = {}): AgendaCase => ({
  id: 1,
  concern: "performance",
  frequency: "monthly",
  better: "higher",
  decimals: 1,
  raisedIn: period(4),
  raisedAt: "2023-12-20T09:00:00Z",
  now: stood(),
  known: stood({ period: period(1) }),
  before: stood({ period: period(1) }),
  figure: figure(75),
  figureKnown: figure(75, { period: period(1) }),
  figureBefore: figure(75, { period: period(1) }),
  isChallenged: false,
  isHeldForSignOff: false,
  isDisputed: false,
  ...over,
});

describe("a case on an agenda stands", () => {
  const worse = { figure: figure(74.9) };
  const better = { figure: figure(75.1) };
  const cases: readonly [group: string | null, rules: AgendaRules, over: Partial<AgendaCase>, why: string][] = [
    ["unchanged", board, {}, "its figure stayed"],
    ["unchanged", board, { figure: figure(74.96) }, "its figure stayed as it is shown"],
    ["worse", board, worse, "its figure is worse"],
    ["worse", board, { figure: figure(75.1), better: "lower" }, "a higher figure is worse"],
    ["unchanged", board, { ...worse, better: "neither" }, "neither way is better"],
    ["better", board, better, "its figure improves"],
    ["better", board, { now: stood({ event: "held" }), ...worse, figure: figure(79, { rag: "green" }) }, "it is held"],
    [
      "unchanged",
      board,
      { now: stood({ event: "held" }), figure: figure(null, { rag: "grey" }) },
      "it is held without a value",
    ],
    ["worse", board, { now: stood({ event: "stepped-up", tier: "slt" }), ...better }, "it stepped up"],
    [
      "better",
      board,
      { now: stood({ event: "stepped-down" }), known: stood({ tier: "slt" }), ...worse },
      "it stepped down",
    ],
    ["resolved", board, { now: stood({ event: "resolved", tier: "none" }), isDisputed: true }, "it ended"],
    ["resolved", board, { now: stood({ event: "withdrawn", tier: "none" }) }, "it was withdrawn"],
    [
      "new",
      board,
      { known: null, raisedIn: MARCH, raisedAt: "2024-04-20T09:00:00Z", before: null },
      "it was raised since",
    ],
    [
      "worse",
      board,
      { known: null, raisedAt: "2024-04-20T09:00:00Z", figureKnown: null, ...worse },
      "it came with older figures",
    ],
    [
      null,
      board,
      { known: null, now: stood({ event: "resolved", tier: "none", period: period(9) }) },
      "it ended long ago, in figures that came since",
    ],
    [null, slt, {}, "it never came before the SLT"],
    ["new", slt, { now: stood({ event: "stepped-up", tier: "slt" }) }, "it stepped up to the SLT"],
    ["better", slt, { now: stood({ event: "stepped-down" }), known: stood({ tier: "slt" }) }, "it left the SLT"],
    [
      "challenged",
      board,
      { isChallenged: true, isHeldForSignOff: true, isDisputed: true, ...better },
      "its actions moved nothing",
    ],
    ["held-for-sign-off", board, { isHeldForSignOff: true, isDisputed: true, ...better }, "it waits for a sign-off"],
    ["disputed", board, { isDisputed: true, ...better }, "its figure is disputed"],
    ["worse", board, { isChallenged: true, ...worse }, "worse goes first"],
    [
      "worse",
      board,
      { concern: "reporting", better: null, figure: null, now: stood({ named: 3 }), known: stood({ named: 2 }) },
      "more returns are missing",
    ],
    [
      "better",
      board,
      { concern: "several-areas", better: null, figure: null, now: stood({ named: 3 }), known: stood({ named: 4 }) },
      "fewer areas stand",
    ],
  ];
  test.each(cases.map(([group, rules, over, why]) => ({ group, rules, over, why })))(
    "under $group where $why",
    ({ group, rules, over }) => {
      expect(agendaGroup(familiar(over), rules)).toBe(group);
    },
  );
});

test("a figure against plan is compared as its limits are", () => {
  const was = figure(100, { basis: "variance", plan: 100, period: period(1) });
  const is = figure(101, { basis: "variance", plan: 104 });
  expect(figureMoved(was, is, { better: "higher", decimals: 0 })).toBe(1);
  expect(figureMoved(was, figure(null), { better: "higher", decimals: 0 })).toBe(0);
});

describe("an agenda", () => {
  const tier = fc.constantFrom("none" as const, "board" as const, "slt" as const);
  const event = fc.constantFrom(
    "raised" as const,
    "stepped-up" as const,
    "continued" as const,
    "held" as const,
    "stepped-down" as const,
    "resolved" as const,
    "withdrawn" as const,
  );
  const state = fc
    .record({ event, tier, named: fc.nat(4), ago: fc.nat(6) })
    .map(({ ago, ...rest }) => stood({ ...rest, period: period(ago) }));
  const value = fc.option(fc.integer({ min: 60, max: 90 })).map((given) => figure(given));
  const anyCase = fc
    .record({
      now: state,
      known: fc.option(state),
      before: fc.option(state),
      figure: value,
      figureKnown: value,
      isChallenged: fc.boolean(),
      isHeldForSignOff: fc.boolean(),
      isDisputed: fc.boolean(),
      raisedIn: fc.nat(6).map(period),
    })
    .map((over) => familiar(over));
  const many = fc.array(anyCase, { maxLength: 12 }).map((all) => all.map((one, at) => ({ ...one, id: at + 1 })));
  const idsOf = (groups: ReturnType<typeof agendaOf>) =>
    AGENDA_GROUPS.map((group) => groups[group].map(({ id }) => id));

  test("holds a case once at most, whatever order they come in", () => {
    fc.assert(
      fc.property(many, fc.constantFrom(board, slt), (cases, rules) => {
        const ids = idsOf(agendaOf(cases, rules));
        expect(new Set(ids.flat()).size).toBe(ids.flat().length);
        expect(idsOf(agendaOf(cases.toReversed(), rules))).toEqual(ids);
      }),
    );
  });

  test("leaves out nothing that stands before its forum", () => {
    fc.assert(
      fc.property(many, fc.constantFrom(board, slt), (cases, rules) => {
        const listed = new Set(idsOf(agendaOf(cases, rules)).flat());
        const standing = cases.filter(
          ({ now }) =>
            now.event !== "resolved" &&
            now.event !== "withdrawn" &&
            (rules.tier === "slt" ? now.tier === "slt" : now.tier !== "none"),
        );
        expect(standing.filter(({ id }) => !listed.has(id))).toEqual([]);
      }),
    );
  });
});
