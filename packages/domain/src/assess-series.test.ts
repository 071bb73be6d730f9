import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assessSeries } from "./assess-series.ts";
import { ACCUMULATIONS, BETTER, type MetricRules } from "./metric.ts";
import { type Period, periodOf } from "./period.ts";
import { protocolSchema, rulesFor } from "./protocol.ts";
import { RAGS } from "./rag.ts";
import type { SeriesAssessment, SeriesFacts } from "./series-facts.ts";
import { BASES, type ThresholdRow } from "./thresholds.ts";
import { TIERS } from "./tier.ts";

const april = periodOf(2023, 4);
const metric: MetricRules = {
  better: "higher",
  frequency: "monthly",
  unit: "percent",
  decimals: 1,
  accumulates: "none",
  minimumChange: null,
  definitionChanges: [],
};
const limits: ThresholdRow = {
  id: 7,
  scope: "*",
  status: "approved",
  basis: "value",
  board: 90,
  slt: 85,
  from: periodOf(2020, 4),
  to: null,
};

function series(values: (number | null)[], changes: Partial<SeriesFacts> = {}): SeriesFacts {
  const count = values.length;
  const none = new Float64Array(count).fill(NaN);
  return {
    metric,
    isSystem: false,
    rules: rulesFor(protocolSchema.parse({ stepDownAfter: 2 }), "monthly"),
    thresholds: [limits],
    first: april,
    count,
    actual: Float64Array.from(values, (value) => value ?? NaN),
    reasonGiven: new Uint8Array(count),
    plan: none,
    systemPlan: none,
    partial: new Uint8Array(count),
    ...changes,
  };
}

describe("silence", () => {
  test("counts periods in a row without a value, and ends with one", () => {
    expect([...assessSeries(series([95, null, null, 95, null])).silentFor]).toEqual([0, 1, 2, 0, 1]);
  });

  test("ends with a row that says why there is no value", () => {
    const facts = series([95, null, null, null], { reasonGiven: Uint8Array.of(0, 0, 1, 0) });
    expect([...assessSeries(facts).silentFor]).toEqual([0, 1, 0, 1]);
  });

  test("neither clears nor counts in a recovery", () => {
    const { events } = assessSeries(series([84, 95, null, 95]));
    expect(events.map(({ event }) => event)).toEqual(["raised", "held", "resolved"]);
  });
});

describe("what is kept beside the RAG", () => {
  test("is the threshold in force and the plan that counts", () => {
    const facts = series([95, 94], { plan: Float64Array.of(96, NaN), systemPlan: Float64Array.of(93, 92) });
    const { threshold, planCompared } = assessSeries(facts);
    expect([[...threshold], [...planCompared]]).toEqual([
      [7, 7],
      [96, 92],
    ]);
  });

  test("is each event with its reasons", () => {
    const [event] = assessSeries(series([84])).events;
    expect(event).toEqual({ period: april, event: "raised", tier: "slt", reasons: 2 });
  });
});

test("confirmation by SPC sees no later figure", () => {
  const falling = [95, 94.8, 95.1, 95, 94.9, 95.2, 95, 94.9, 95.1, 95, 95.1, 94.5, 93.5, 90.5];
  const rules = rulesFor(
    protocolSchema.parse({ stepDownAfter: 1, deterioration: { boardAfter: 3, confirm: "spc" } }),
    "monthly",
  );
  const raisedIn = (values: number[]): (string | number)[][] =>
    assessSeries(series(values, { rules, thresholds: [] })).events.map(({ event, period }) => [event, period - april]);
  expect(raisedIn(falling)).toEqual([["raised", 13]]);
  expect(raisedIn([...falling, 95])).toEqual([
    ["raised", 13],
    ["resolved", 14],
  ]);
});

describe("laws of assessment", () => {
  const value = fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 6, arbitrary: fc.integer({ min: 700, max: 1000 }).map((n) => n / 10) },
  );
  const period = fc.integer({ min: april - 2, max: april + 50 }).map((p) => p as Period);
  const row = fc.record({
    scope: fc.constantFrom("own", "level", "*"),
    status: fc.constantFrom("approved", "draft"),
    basis: fc.constantFrom(...BASES),
    board: fc.constantFrom(null, 90, -2),
    slt: fc.constantFrom(null, 85, -5),
    from: period,
    to: fc.option(period),
  });
  const facts = fc
    .record({
      values: fc.array(value, { minLength: 1, maxLength: 40 }),
      plan: value,
      better: fc.constantFrom(...BETTER),
      accumulates: fc.constantFrom(...ACCUMULATIONS),
      definitionChanges: fc.array(period, { maxLength: 2 }),
      rows: fc.array(row, { maxLength: 4 }),
      confirm: fc.constantFrom("none", "spc"),
      partialEvery: fc.integer({ min: 2, max: 60 }),
    })
    .map(({ values, plan, rows, confirm, partialEvery, ...rules }) =>
      series(values, {
        metric: { ...metric, ...rules },
        thresholds: rows.map((one, id): ThresholdRow => ({ ...one, id })),
        plan: new Float64Array(values.length).fill(plan ?? NaN),
        partial: Uint8Array.from(values, (_, i) => (i % partialEvery === 1 ? 1 : 0)),
        rules: rulesFor(
          protocolSchema.parse({
            stepDownAfter: 2,
            deterioration: { boardAfter: 2, sltAfter: 4, confirm, sltNeedsBreach: true },
            persistence: { sltAfter: 4 },
          }),
          "monthly",
        ),
      }),
    );

  test("no later period changes an earlier assessment", () => {
    fc.assert(
      fc.property(facts, fc.double({ min: 0, max: 1, noNaN: true }), (whole, share) => {
        const count = Math.floor(share * whole.count);
        expect(periods(assessSeries(cut(whole, count)))).toEqual(periods(assessSeries(whole)).slice(0, count));
      }),
    );
  });

  test("a case is raised from nothing, ends at nothing, and silence says nothing", () => {
    fc.assert(
      fc.property(facts, (whole) => {
        const { events, rag, tier, first } = assessSeries(whole);
        let before = "none";
        for (const event of events) {
          expect(event.event === "raised").toBe(before === "none");
          expect(event.event === "resolved").toBe(event.tier === "none");
          expect(TIERS[tier[event.period - first] ?? -1]).toBe(event.tier);
          expect(RAGS[rag[event.period - first] ?? -1]).not.toBe("grey");
          before = event.tier;
        }
      }),
    );
  });

  test("what moves no case in partial periods is what stands before them", () => {
    fc.assert(
      fc.property(facts, (whole) => {
        const { tier } = assessSeries(whole);
        for (let i = 1; i < whole.count; i += 1) if (whole.partial[i] === 1) expect(tier[i]).toBe(tier[i - 1]);
      }),
    );
  });
});

function cut(facts: SeriesFacts, count: number): SeriesFacts {
  const { actual, reasonGiven, plan, systemPlan, partial } = facts;
  const to = <T extends Float64Array | Uint8Array>(column: T): T => column.slice(0, count) as T;
  return {
    ...facts,
    count,
    actual: to(actual),
    reasonGiven: to(reasonGiven),
    plan: to(plan),
    systemPlan: to(systemPlan),
    partial: to(partial),
  };
}

function periods({ count, events, first, step, ...columns }: SeriesAssessment): unknown[] {
  return Array.from({ length: count }, (_, i) => ({
    columns: Object.values(columns).map((column) => column[i]),
    events: events.filter(({ period }) => period === first + i * step),
  }));
}
