import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aggregate, type AggregateFacts, type ChildSeries } from "./aggregate.ts";
import { type Period, periodOf } from "./period.ts";

const april = periodOf(2024, 4);
const may = periodOf(2024, 5);
const always = { first: null, last: null };

function child(code: string, values: (number | null)[], changes: Partial<ChildSeries> = {}): ChildSeries {
  const none = (): Float64Array => new Float64Array(values.length).fill(NaN);
  return {
    code,
    open: always,
    value: Float64Array.from(values, (value) => value ?? NaN),
    numerator: none(),
    denominator: none(),
    answered: new Uint8Array(values.length),
    partial: new Uint8Array(values.length),
    ...changes,
  };
}

function share(code: string, parts: ([number, number] | null)[], changes: Partial<ChildSeries> = {}): ChildSeries {
  return child(
    code,
    parts.map((part) => (part === null ? null : (100 * part[0]) / part[1])),
    {
      numerator: Float64Array.from(parts, (part) => part?.[0] ?? NaN),
      denominator: Float64Array.from(parts, (part) => part?.[1] ?? NaN),
      ...changes,
    },
  );
}

function parent(children: ChildSeries[], changes: Partial<AggregateFacts> = {}) {
  const count = children[0]?.value.length ?? 0;
  const facts: AggregateFacts = {
    kind: "sum",
    unit: "count",
    first: april,
    count,
    step: 1,
    passedThrough: april,
    children,
  };
  const { value, partial, missing, answered } = aggregate({ ...facts, ...changes });
  return { value: [...value], partial: [...partial], answered: [...answered], missing: Object.fromEntries(missing) };
}

describe("a parent's value", () => {
  test("is the sum of its children's", () => {
    expect(parent([child("b", [1, 2]), child("a", [10, 20])])).toMatchObject({ value: [11, 22], partial: [0, 0] });
  });

  test("of a ratio is numerators over denominators, times 100 for a percent, not the mean of shares", () => {
    const wards = [share("a", [[1, 2]]), share("b", [[90, 98]])];
    expect(parent(wards, { kind: "ratio", unit: "percent" }).value).toEqual([91]);
    expect(parent(wards, { kind: "ratio", unit: "rate" }).value).toEqual([0.91]);
  });

  test("waits for an expected child until the submission day has passed, then is partial and names it", () => {
    const result = parent([child("a", [1, null, null]), child("b", [5, 5, 5])], { passedThrough: may });
    expect(result).toMatchObject({ value: [6, 5, NaN], partial: [0, 1, 0], missing: { [may]: ["a"] } });
  });

  test("does not wait for a child before its first value, or while it is closed", () => {
    const late = child("late", [null, 4]);
    const closed = child("closed", [3, null], { open: { first: null, last: april } });
    const never = child("never", [null, null]);
    expect(parent([late, closed, never, child("a", [1, 1])])).toMatchObject({ value: [4, 5], partial: [0, 0] });
  });

  test("does not wait for a child that says why it has no value", () => {
    const suppressed = child("a", [1, null], { answered: Uint8Array.of(0, 1) });
    expect(parent([suppressed, child("b", [1, 5])])).toMatchObject({ value: [2, 5], partial: [0, 0] });
  });

  test("of a ratio lacks a child without numerator and denominator", () => {
    const bare = child("bare", [50]);
    const result = parent([bare, share("a", [[1, 2]])], { kind: "ratio", unit: "percent" });
    expect(result).toMatchObject({ value: [50], partial: [1], missing: { [april]: ["bare"] } });
  });

  test("is none without any child's, and the parent has answered where every child has", () => {
    const answered = { answered: Uint8Array.of(0, 1) };
    const result = parent([child("a", [1, null], answered), child("b", [1, null], answered)], { passedThrough: may });
    expect(result).toMatchObject({ value: [2, NaN], partial: [0, 0], answered: [0, 1], missing: {} });
  });

  test("is none where the denominators come to 0", () => {
    const empty = share("a", [[0, 0]], { value: Float64Array.of(0) });
    expect(parent([empty], { kind: "ratio", unit: "percent" })).toMatchObject({ value: [NaN], answered: [1] });
  });

  test("is partial where a child's is, and names whom the child lacks", () => {
    const missing = new Map<Period, string[]>([[april, ["ward-2"]]]);
    const lacking = child("a", [1], { partial: Uint8Array.of(1), missing });
    expect(parent([lacking, child("b", [1])])).toMatchObject({
      value: [2],
      partial: [1],
      missing: { [april]: ["ward-2"] },
    });
  });
});

test("a child's partial value makes the parent's partial, even where nobody says whom it lacks", () => {
  expect(parent([child("a", [1], { partial: Uint8Array.of(1) })])).toMatchObject({
    partial: [1],
    missing: { [april]: [] },
  });
});

test("in whatever order children come, the parent's value is the same to the last bit", () => {
  const values = fc.array(fc.option(fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 10)), {
    minLength: 3,
    maxLength: 3,
  });
  const children = fc
    .uniqueArray(fc.tuple(fc.string({ minLength: 1 }), values), { selector: ([code]) => code, maxLength: 6 })
    .map((pairs) => pairs.map(([code, column]) => child(code, column)));
  fc.assert(
    fc.property(
      children.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        expect(parent(shuffled)).toEqual(parent(all));
      },
    ),
    { numRuns: 300 },
  );
});
