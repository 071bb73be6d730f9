import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checksBeatenBy, checksOf, type Doubt, judgeValues, type ValueChecks } from "./judge-values.ts";
import type { MetricRules } from "./metric.ts";
import { asPeriod } from "./period.ts";

const FIRST = asPeriod(12 * 2023 + 3);
const attendances: MetricRules = {
  better: "neither",
  frequency: "monthly",
  unit: "count",
  decimals: 0,
  accumulates: "none",
  minimumChange: null,
  definitionChanges: [],
};
const none: ValueChecks = { range: null, jump: null, zero: null };
const jumps: ValueChecks = { ...none, jump: { times: 10, outcome: "mark" } };
const zeros: ValueChecks = { ...none, zero: { after: 1000, outcome: "keep-out" } };

function judged(values: readonly number[], checks: ValueChecks | null, metric = attendances) {
  return judgeValues({ metric, first: FIRST, values: Float64Array.from(values), checksAt: () => checks });
}

const places = (found: ReadonlyMap<number, readonly Doubt[]>) => [...found.keys()];
const steady = [1000, 1020, 990, 1010, 1000, 1020];

describe("a jump", () => {
  test("is many times the usual moving range of at least 6 values before it, and says by what it was judged", () => {
    const found = judged([...steady, 9000], jumps);
    expect([...found]).toEqual([
      [6, [{ code: "jump", outcome: "mark", figure: 9000, before: 1020, usual: 20, times: 10 }]],
    ]);
    expect(places(judged([...steady, 1221], jumps))).toEqual([6]);
    expect(places(judged([...steady, 1220], jumps))).toEqual([]);
    expect(places(judged([...steady.slice(1), 9000], jumps))).toEqual([]);
  });

  test.each([
    ["back from one month is none", [...steady, 9000, 1010, 1000], [6]],
    ["to a new level is one once", [...steady, 9000, 9010, 8990], [6]],
    ["over a gap is judged by the values before the gap", [...steady, NaN, 9000], [7]],
    ["from an even series is more than its last place", [...Array.from({ length: 6 }, () => 5), 6, 17], [7]],
    ["down is one too", [...steady, 0], [6]],
  ])("%s", (_name, values, expected) => {
    expect(places(judged(values, jumps))).toEqual(expected);
  });

  test("is judged by the last 12 values alone", () => {
    const wild = [0, 50_000, 0, 50_000, 0, 50_000, 0, 50_000];
    expect(places(judged([...wild, ...steady, ...steady, 9000], jumps))).toContain(20);
  });

  test("is none where the metric begins to mean something else", () => {
    const metric = { ...attendances, definitionChanges: [asPeriod(FIRST + 6)] };
    expect(places(judged([...steady, 9000, 9010], jumps, metric))).toEqual([]);
  });

  test("of what accumulates over the year is one of its increments", () => {
    const metric: MetricRules = { ...attendances, accumulates: "year" };
    const year = Array.from({ length: 12 }, (_, i) => 1000 * (i + 1) + (i % 2));
    expect(places(judged([...year, 1000, 2000], jumps, metric))).toEqual([]);
    expect(places(judged([...year, 1000, 9000], jumps, metric))).toEqual([13]);
  });
});

describe("a sudden zero", () => {
  test("comes where the median of the 6 values before it was at least so much", () => {
    expect([...judged([...steady, 0], zeros)]).toEqual([
      [6, [{ code: "sudden-zero", outcome: "keep-out", usual: 1005 }]],
    ]);
    expect(places(judged([...steady.map((value) => value - 6), 0], zeros))).toEqual([]);
    expect(places(judged([...steady.slice(1), 0], zeros))).toEqual([]);
  });

  test("is believed once zero is what is usual", () => {
    expect(places(judged([...steady, 0, 0, 0, 0, 0], { ...none, zero: { after: 900, outcome: "mark" } }))).toEqual([
      6, 7, 8,
    ]);
  });
});

test("a value out of range is one beyond either end, the ends not", () => {
  const range = { from: 10, to: 20, outcome: "keep-out" } as const;
  const found = judged([9.9, 10, 20, 20.1, NaN], { ...none, range });
  expect([...found]).toEqual([
    [0, [{ code: "out-of-range", ...range }]],
    [3, [{ code: "out-of-range", ...range }]],
  ]);
});

test("a template beats the metric, check by check", () => {
  const metric = checksOf({
    plausibleFrom: null,
    plausibleTo: 100,
    plausibleJump: 5,
    zeroAfter: null,
    implausible: "keep-out",
  });
  expect(metric).toEqual({
    range: { from: null, to: 100, outcome: "keep-out" },
    jump: { times: 5, outcome: "keep-out" },
    zero: null,
  });
  expect(checksBeatenBy(metric, undefined)).toBe(metric);
  expect(checksBeatenBy(metric, { jump: { times: 20, outcome: "mark" }, range: null })).toEqual({
    range: null,
    jump: { times: 20, outcome: "mark" },
    zero: null,
  });
  expect(checksBeatenBy(null, zeros)).toEqual(zeros);
  const nothing = { plausibleFrom: null, plausibleTo: null, plausibleJump: null, zeroAfter: null, implausible: "mark" };
  expect(checksOf({ ...nothing, implausible: "mark" })).toBeNull();
});

test("nothing that comes later changes the verdict on a value", () => {
  const value = fc.oneof(fc.integer({ min: 900, max: 1100 }), fc.constantFrom(0, 9000, NaN));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 30 }), fc.nat(30), (values, length) => {
      const all = { ...zeros, ...jumps, zero: zeros.zero };
      const whole = [...judged(values, all)].filter(([place]) => place < length);
      expect([...judged(values.slice(0, length), all)]).toEqual(whole);
    }),
  );
});
