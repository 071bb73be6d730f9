import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assessSeries } from "./assess-series.ts";
import { type Period, periodOf } from "./period.ts";
import { protocolSchema, rulesFor } from "./protocol.ts";
import { eventReasonsOf } from "./reasons.ts";
import type { CaseActs, SeriesFacts } from "./series-facts.ts";
import type { ThresholdRow } from "./thresholds.ts";

const april = periodOf(2023, 4);
const limits: ThresholdRow = {
  id: 7,
  scope: "*",
  status: "approved",
  basis: "value",
  board: 90,
  slt: 80,
  from: periodOf(2020, 4),
  to: null,
};
const [red, amber, green] = [70, 85, 95];

function facts(values: readonly (number | null)[], acts?: CaseActs, thresholds = [limits]): SeriesFacts {
  const count = values.length;
  const none = new Float64Array(count).fill(NaN);
  return {
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
    rules: rulesFor(protocolSchema.parse({ stepDownAfter: 2 }), "monthly"),
    thresholds,
    first: april,
    count,
    actual: Float64Array.from(values, (value) => value ?? NaN),
    reasonGiven: new Uint8Array(count),
    plan: none,
    systemPlan: none,
    partial: new Uint8Array(count),
    ...(acts === undefined ? {} : { acts }),
  };
}

const after = (...offsets: number[]) => offsets.map((offset) => april + offset);
const asking = (acts: Partial<CaseActs> = {}): CaseActs => ({
  needsSignOff: true,
  signOffs: [],
  closures: [],
  ...acts,
});
/** "3 held board sign-off": the period, the move, what stands after it, and what people did. */
const moves = (of: SeriesFacts): string[] =>
  assessSeries(of).events.map(({ period, event, tier, reasons }) => {
    const byPeople = eventReasonsOf(reasons).flatMap(({ rule, tier: by }) => (by === "none" ? [rule] : []));
    return [period - april, event, tier, ...byPeople].join(" ");
  });

describe("a board that asks for its chair's signature", () => {
  const recovers = [amber, green, green, green];

  test("holds what would be resolved until it is signed off", () => {
    expect(moves(facts(recovers, asking()))).toEqual([
      "0 raised board",
      "1 held board",
      "2 held board sign-off",
      "3 held board sign-off",
    ]);
    expect(moves(facts(recovers, asking({ signOffs: after(2) })))).toEqual([
      "0 raised board",
      "1 held board",
      "2 resolved none signed-off",
    ]);
  });

  test("lets a signature count from its period on, and no sooner", () => {
    expect(moves(facts(recovers, asking({ signOffs: after(3) }))).slice(2)).toEqual([
      "2 held board sign-off",
      "3 resolved none signed-off",
    ]);
  });

  test("has a relapse take the signature back", () => {
    const relapses = [amber, green, green, amber, green, green];
    expect(moves(facts(relapses, asking({ signOffs: after(3) }))).slice(2)).toEqual([
      "2 held board sign-off",
      "3 continued board",
      "4 held board",
      "5 held board sign-off",
    ]);
  });

  test("asks for each step: one signature takes a case from the SLT to the board, another to its end", () => {
    const down = [red, amber, amber, green, green];
    expect(moves(facts(down, asking({ signOffs: after(2) })))).toEqual([
      "0 raised slt",
      "1 held slt",
      "2 stepped-down board signed-off",
      "3 held board",
      "4 held board sign-off",
    ]);
  });

  test("steps down by the last periods alone, however long the signature took", () => {
    const slow = [red, amber, green, green, green];
    expect(moves(facts(slow, asking({ signOffs: after(2) }))).at(2)).toBe("2 stepped-down board signed-off");
    expect(moves(facts(slow, asking({ signOffs: after(4) }))).at(4)).toBe("4 resolved none signed-off");
  });

  test("is not asked while no approved limit rates the figure", () => {
    const ended = [{ ...limits, to: (april + 1) as Period }];
    expect(moves(facts([amber, green, green, green], asking(), ended))).toEqual([
      "0 raised board",
      "1 held board",
      "2 held board",
      "3 held board",
    ]);
  });
});

describe("a chair who closes a case", () => {
  const closed = (...offsets: number[]): CaseActs => ({
    needsSignOff: false,
    signOffs: [],
    closures: after(...offsets),
  });

  test("ends it in a period without a value, and a later reason raises a new one", () => {
    expect(moves(facts([amber, null, null, amber], closed(2)))).toEqual([
      "0 raised board",
      "2 resolved none closed-by-chair",
      "3 raised board",
    ]);
  });

  test("ends it whatever its last figure said", () => {
    expect(moves(facts([amber, red], closed(1)))).toEqual(["0 raised board", "1 resolved none closed-by-chair"]);
  });

  test("ends what was raised in the last period reached in the one that follows", () => {
    expect(moves(facts([amber], closed(1)))).toEqual(["0 raised board", "1 resolved none closed-by-chair"]);
    expect(moves(facts([amber, amber], closed(1)))).toEqual(["0 raised board", "1 resolved none closed-by-chair"]);
  });

  test("ends nothing where nothing stood before", () => {
    expect(moves(facts([green, amber], closed(0, 1)))).toEqual(["1 raised board"]);
  });

  test("lets a figure count again that no limit rated", () => {
    const ended = [
      { ...limits, to: april },
      { ...limits, id: 8, from: (april + 3) as Period },
    ];
    expect(moves(facts([amber, green, green, green, green, amber], closed(2), ended))).toEqual([
      "0 raised board",
      "1 held board",
      "2 resolved none closed-by-chair",
      "5 raised board",
    ]);
  });
});

describe("people's acts", () => {
  const value = fc.option(fc.constantFrom(red, amber, green), { freq: 4 });
  const series = fc.array(value, { minLength: 1, maxLength: 24 });
  const periods = fc.array(fc.nat(26), { maxLength: 4 }).map((offsets) => after(...offsets).toSorted((a, b) => a - b));
  const acts = fc.record({ needsSignOff: fc.boolean(), signOffs: periods, closures: periods });

  test("leave the history before them as it was", () => {
    fc.assert(
      fc.property(series, acts, (values, done) => {
        const first = Math.min(...done.signOffs, ...done.closures, Infinity);
        const before = (of: SeriesFacts) => assessSeries(of).events.filter(({ period }) => period < first);
        const without = { needsSignOff: done.needsSignOff, signOffs: [], closures: [] };
        expect(before(facts(values, done))).toEqual(before(facts(values, without)));
      }),
    );
  });

  test("decide the same of a history as of its beginning", () => {
    fc.assert(
      fc.property(series, acts, fc.nat(24), (values, done, length) => {
        const known = values.slice(0, length + 1);
        const last = april + known.length - 1;
        const whole = assessSeries(facts(values, done)).events.filter(({ period }) => period <= last);
        const beginning = assessSeries(facts(known, done)).events.filter(({ period }) => period <= last);
        expect(beginning).toEqual(whole);
      }),
    );
  });

  test("change nothing where there are none and no board asks", () => {
    fc.assert(
      fc.property(series, (values) => {
        const nobody = { needsSignOff: false, signOffs: [], closures: [] };
        expect(assessSeries(facts(values, nobody))).toEqual(assessSeries(facts(values)));
      }),
    );
  });

  test("always leave a way to resolved: green and signed off, or closed", () => {
    fc.assert(
      fc.property(series, acts, (values, done) => {
        const recovered = [...values, green, green, green];
        const signOffs = [...done.signOffs, april + recovered.length - 1].toSorted((a, b) => a - b);
        const signed = { ...done, signOffs };
        expect(assessSeries(facts(recovered, signed)).tier.at(-1)).toBe(0);
        const closures = [...done.closures, april + values.length].toSorted((a, b) => a - b);
        const events = assessSeries(facts(values, { ...done, closures })).events;
        expect(["resolved", undefined]).toContain(events.at(-1)?.event);
      }),
    );
  });

  test("end what stands, and only then raise anew: a case is never resolved twice", () => {
    fc.assert(
      fc.property(series, acts, (values, done) => {
        let stands = false;
        let last = -1;
        for (const { period, event } of assessSeries(facts(values, done)).events) {
          expect(period).toBeGreaterThan(last);
          expect(event === "raised").toBe(!stands);
          stands = event !== "resolved";
          last = period;
        }
      }),
    );
  });
});
