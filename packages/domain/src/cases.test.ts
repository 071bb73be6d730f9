import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CaseEvent, cutCases, type ExistingCase, matchCases } from "./cases.ts";
import type { Period } from "./period.ts";

const event = (period: number, name: string): CaseEvent => ({ period: period as Period, event: name });
/** A case from one period to another, or standing. */
const from = (raised: number, resolved?: number): CaseEvent[] =>
  resolved === undefined ? [event(raised, "raised")] : [event(raised, "raised"), event(resolved, "resolved")];
const kept = (id: number, raisedIn: number, endedIn: number | null, withdrawn = false): ExistingCase => ({
  id,
  raisedIn: raisedIn as Period,
  endedIn: endedIn as Period | null,
  withdrawn,
});
const match = (existing: ExistingCase[], ...cases: CaseEvent[][]) => {
  const { matches, leftOver } = matchCases(existing, cutCases(cases.flat()));
  return { ids: matches.map(({ id }) => id), leftOver };
};

describe("cases are cut from decisions", () => {
  test("one from each raised to its resolved", () => {
    const cases = cutCases([event(1, "raised"), event(2, "held"), event(3, "resolved"), event(5, "raised")]);
    expect(cases.map(({ raisedIn, endedIn, events }) => [raisedIn, endedIn, events.length])).toEqual([
      [1, 3, 3],
      [5, null, 1],
    ]);
  });

  test("one that its organisation's closing withdraws has ended", () => {
    expect(cutCases([event(1, "raised"), event(2, "withdrawn")])[0]?.endedIn).toBe(2);
  });

  test("a move without a case that stands is a defect", () => {
    expect(() => cutCases([event(1, "held")])).toThrow("without a case");
    expect(() => cutCases([...from(1, 2), event(3, "continued")])).toThrow("without a case");
  });
});

describe("a case keeps its id", () => {
  test.each([
    ["while it goes on", [kept(8, 1, null)], [from(1, 9)], [8], []],
    ["when it is raised earlier than was thought", [kept(8, 4, null)], [from(1)], [8], []],
    ["the earliest, when two become one", [kept(8, 1, 3), kept(9, 5, null)], [from(1)], [8], [9]],
    ["the earlier part, when one becomes two", [kept(8, 1, null)], [from(1, 3), from(5)], [8, null], []],
    ["not where nothing overlaps", [kept(8, 1, 3)], [from(5)], [null], [8]],
    ["not where there is none any more", [kept(8, 1, null)], [], [], [8]],
    ["revived, when what withdrew it is restated back", [kept(8, 1, null, true)], [from(1)], [8], []],
    ["a live one before a withdrawn one", [kept(8, 1, 9, true), kept(9, 5, null)], [from(1)], [9], []],
    ["a second one, where the first is taken", [kept(8, 1, 5), kept(9, 7, 9)], [from(1, 2), from(4, 8)], [8, 9], []],
  ] satisfies [string, ExistingCase[], CaseEvent[][], (number | null)[], number[]][])(
    "%s",
    (_, existing, cases, ids, leftOver) => {
      expect(match(existing, ...cases)).toEqual({ ids, leftOver });
    },
  );

  test("and the next one names the case resolved before it", () => {
    const { matches } = matchCases([kept(8, 1, 2)], cutCases([...from(1, 2), ...from(4)]));
    expect(matches.map(({ previous }) => previous?.id)).toEqual([undefined, 8]);
  });
});

test("restating and restating back changes no id", () => {
  const lengths = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })), { maxLength: 5 });
  const history = lengths.map((pairs) => {
    let at = 0;
    return pairs.flatMap(([gap, length]) => {
      const raised = at + gap;
      at = raised + length;
      return from(raised, at);
    });
  });
  fc.assert(
    fc.property(history, (events) => {
      const cut = cutCases(events);
      const before = cut.map(({ raisedIn, endedIn }, id) => kept(id, raisedIn, endedIn));
      const gone = matchCases(before, []);
      expect(gone.leftOver).toEqual(before.map(({ id }) => id));
      const withdrawn = before.map((one) => ({ ...one, withdrawn: true }));
      expect(matchCases(withdrawn, cut).matches.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
      expect(matchCases(before, cut).matches.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    }),
  );
});
