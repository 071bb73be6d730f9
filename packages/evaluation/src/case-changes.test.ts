import type { StoredCase, StoredEvent } from "@signalbox/db";
import { asPeriod } from "@signalbox/domain";
import { expect, test } from "vitest";
import { caseChanges, caseRow, type DecidedEvent, type SubjectDecision } from "./case-changes.ts";

const NOW = Temporal.Instant.from("2024-06-03T09:00:00Z");

function event(period: number, name: string): DecidedEvent {
  const tier = name === "resolved" ? "none" : "board";
  const reasons = [{ rule: "threshold", tier }];
  return { period: asPeriod(period), event: name, tier, reasons, metrics: [], areas: [], restated: false };
}

function stored(id: number, raisedIn: number, endedIn: number | null, withdrawn = false): StoredCase {
  const place = { concern: "performance", series: 1, organisation: "RA", area: "uec", frequency: "monthly" } as const;
  const tier = endedIn === null ? ("board" as const) : ("none" as const);
  return { ...place, id, tier, forum: "uec", raisedIn, endedIn, withdrawn, previous: null, shownAt: NOW };
}

function kept(id: number, escalation: number, one: DecidedEvent): StoredEvent {
  return { ...one, id, escalation };
}

function decision(
  events: DecidedEvent[],
  {
    cases = [],
    storedEvents = [],
    through = null,
  }: { cases?: StoredCase[]; storedEvents?: StoredEvent[]; through?: number | null } = {},
): SubjectDecision {
  const subject = {
    concern: "performance",
    series: 1,
    organisation: "RA",
    metric: "m",
    area: "uec",
    frequency: "monthly",
  } as const;
  return { subject, events, unchangedThrough: through, stored: cases, storedEvents, causedBy: [] };
}

test("makes a case of each run from raised to resolved, the later naming the earlier", () => {
  const changes = caseChanges(decision([event(1, "raised"), event(2, "resolved"), event(4, "raised")]));
  expect(changes.map(({ raisedIn, endedIn, stored: old }) => [raisedIn, endedIn, old])).toEqual([
    [1, 2, null],
    [4, null, null],
  ]);
  expect(changes[1]?.previous).toBe(changes[0]);
});

test("keeps what did not change, replaces what did", () => {
  const cases = [stored(7, 1, null)];
  const storedEvents = [kept(70, 7, event(1, "raised")), kept(71, 7, event(2, "continued"))];
  const [change] = caseChanges(decision([event(1, "raised"), event(2, "held")], { cases, storedEvents }));
  expect(change?.id).toBe(7);
  expect(change?.added.map(({ event: name }) => name)).toEqual(["held"]);
  expect(change?.replaced.map(({ id }) => id)).toEqual([71]);
});

test("withdraws a case that is left without decisions and revives it when they come back", () => {
  const storedEvents = [kept(70, 7, event(1, "raised"))];
  const [gone] = caseChanges(decision([], { cases: [stored(7, 1, null)], storedEvents }));
  expect(gone).toMatchObject({ id: 7, withdrawn: true, events: [] });
  const [back] = caseChanges(decision([event(1, "raised")], { cases: [stored(7, 1, null, true)] }));
  expect(back).toMatchObject({ id: 7, withdrawn: false });
});

test("looks only at what is new where nothing before it changed", () => {
  const events = [event(1, "raised"), event(2, "continued"), event(3, "resolved")];
  const [change, ...others] = caseChanges(decision(events, { cases: [stored(7, 1, null)], through: 2 }));
  expect(others).toEqual([]);
  expect(change?.added.map(({ period }) => period)).toEqual([3]);
  expect(change?.replaced).toEqual([]);
  expect(change && caseRow(change, { slt: "slt", shownAt: NOW })).toMatchObject({ id: 7, endedIn: 3, forum: "uec" });
});

test("writes no row of a case that stands as it stood", () => {
  const events = [event(1, "raised"), event(2, "continued")];
  const [change] = caseChanges(decision(events, { cases: [stored(7, 1, null)], through: 1 }));
  expect(change && caseRow(change, { slt: "slt", shownAt: NOW })).toBeNull();
});
