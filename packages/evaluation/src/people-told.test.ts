import { asPeriod } from "@signalbox/domain";
import { describe, expect, test } from "vitest";
import type { CaseChange, DecidedEvent } from "./case-changes.ts";
import { eventsToTell } from "./people-told.ts";

const JANUARY = 12 * 2024;
/** Periods from the tenth on are fresh. */
const isFresh = (period: number) => period >= JANUARY + 10;

function event(place: number, name: string): DecidedEvent {
  const tier = name === "resolved" ? "none" : "board";
  return { period: asPeriod(JANUARY + place), event: name, tier, reasons: [], metrics: [], areas: [], restated: false };
}

function change(events: DecidedEvent[], { added = events, replaced = [] as number[] } = {}): CaseChange {
  const replacedEvents = replaced.map((place) => ({ ...event(place, "raised"), id: 1, escalation: 1 }));
  return { events, added, addedIds: added.map((_, at) => at + 1), replaced: replacedEvents } as unknown as CaseChange;
}

function told(of: CaseChange, toldThrough: number | null = null, anyoneThrough = toldThrough) {
  return eventsToTell(of, { toldThrough, anyoneThrough, isFresh }).map(({ event: { period }, reason, audience }) => [
    period - JANUARY,
    reason,
    audience,
  ]);
}

describe("of a case nobody was told of", () => {
  const cases: [string, DecidedEvent[], ReturnType<typeof told>][] = [
    ["a fresh raise is told to the forums", [event(10, "raised")], [[10, "raised", "forums"]]],
    ["old history is not told", [event(2, "raised"), event(3, "resolved")], []],
    [
      "what stands since old history is told once, at its first fresh decision",
      [event(2, "raised"), event(3, "continued"), event(10, "continued"), event(11, "held")],
      [[10, "standing", "forums"]],
    ],
    ["a fresh end of old history is told", [event(2, "raised"), event(10, "resolved")], [[10, "resolved", "forums"]]],
    [
      "each fresh move is told",
      [event(10, "raised"), event(11, "stepped-up"), event(12, "continued")],
      [
        [10, "raised", "forums"],
        [11, "stepped-up", "forums"],
      ],
    ],
  ];
  for (const [name, events, expected] of cases) test(name, () => expect(told(change(events))).toEqual(expected));
});

describe("of a case people were told of", () => {
  test("a later move that is not fresh reaches those told before", () => {
    const events = [event(2, "raised"), event(3, "continued"), event(4, "resolved")];
    const added = events.slice(2);
    expect(told(change(events, { added }), JANUARY + 3)).toEqual([[4, "resolved", "told-before"]]);
  });

  test("what only continues is left to the summary", () => {
    const events = [event(10, "raised"), event(11, "continued")];
    expect(told(change(events, { added: events.slice(1) }), JANUARY + 10)).toEqual([]);
  });

  test("of which only its owner was, the forums hear of what is fresh, and the owner of what is not", () => {
    const events = [event(10, "raised"), event(11, "continued")];
    expect(told(change(events, { replaced: [11] }), null, JANUARY + 11)).toEqual([[10, "raised", "forums"]]);
    const over = [event(2, "raised"), event(4, "resolved")];
    expect(told(change(over, { added: over.slice(1) }), null, JANUARY + 2)).toEqual([[4, "resolved", "told-before"]]);
  });

  test("a restated move is told to those who are new to it", () => {
    const events = [event(10, "raised")];
    expect(told(change(events, { replaced: [10] }), JANUARY + 10)).toEqual([[10, "raised", "newcomers"]]);
  });
});
