import { isOpenIn, type OpenPeriods } from "./closing.ts";
import type { Period } from "./period.ts";
import type { Unit } from "./value.ts";

/** One child's series of the metric: every array has `count` places, from the common `first` on; NaN is none. */
export interface ChildSeries {
  readonly code: string;
  readonly open: OpenPeriods;
  /** Whether it stood below the parent in a period; always where this is left out. */
  readonly below?: (period: Period) => boolean;
  /** As submitted for the child, or its own aggregate. */
  readonly value: Float64Array;
  readonly numerator: Float64Array;
  readonly denominator: Float64Array;
  /** 1 where a row says why there is no value. */
  readonly answered: Uint8Array;
  /** 1 where the child's value is itself a partial aggregate. */
  readonly partial: Uint8Array;
  /** Whom the child's own partial aggregate lacks, by period. */
  readonly missing?: ReadonlyMap<Period, readonly string[]>;
}

export interface AggregateFacts {
  readonly kind: "sum" | "ratio";
  readonly unit: Unit;
  readonly first: Period;
  readonly count: number;
  readonly step: 1 | 3;
  /** The last period whose submission day has passed: up to it an aggregate may be partial. */
  readonly passedThrough: Period;
  readonly children: readonly ChildSeries[];
}

/** A parent's values by period, as `ChildSeries` has them; `missing` has an entry for each partial period. */
export interface Aggregate {
  readonly value: Float64Array;
  readonly numerator: Float64Array;
  readonly denominator: Float64Array;
  /** 1 where every expected child said why it has no value, so that the parent is not silent either. */
  readonly answered: Uint8Array;
  readonly partial: Uint8Array;
  readonly missing: ReadonlyMap<Period, readonly string[]>;
}

/**
 * A parent's values from its children's (contract 6, rule 9). A child whose value is partial makes the parent's partial.
 * That a value submitted for the parent itself beats the aggregate is the caller's to see to.
 */
export function aggregate(facts: AggregateFacts): Aggregate {
  const { kind, unit, count } = facts;
  const children = facts.children.toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const begins = children.map((child) => child.value.findIndex((value) => !Number.isNaN(value)));
  const result = {
    value: new Float64Array(count).fill(NaN),
    numerator: new Float64Array(count).fill(NaN),
    denominator: new Float64Array(count).fill(NaN),
    answered: new Uint8Array(count),
    partial: new Uint8Array(count),
    missing: new Map<Period, string[]>(),
  };
  for (let i = 0; i < count; i += 1) {
    const period = (facts.first + i * facts.step) as Period;
    const expected = children.filter((child, at) => {
      const begun = begins[at] ?? -1;
      return begun >= 0 && begun <= i && isOpenIn(child.open, period) && (child.below?.(period) ?? true);
    });
    const given = expected.filter((child) => contributes(child, i, kind));
    const lacking = expected.filter((child) => !contributes(child, i, kind) && !hasAnswered(child, i));
    if (given.length === 0) {
      if (expected.length > 0 && lacking.length === 0) result.answered[i] = 1;
      continue;
    }
    if (lacking.length > 0 && period > facts.passedThrough) continue;
    if (kind === "sum") result.value[i] = total(given, "value", i);
    else {
      const numerator = total(given, "numerator", i);
      const denominator = total(given, "denominator", i);
      result.numerator[i] = numerator;
      result.denominator[i] = denominator;
      result.value[i] = ratio(numerator, denominator, unit);
    }
    if (Number.isNaN(result.value[i])) {
      if (lacking.length === 0) result.answered[i] = 1;
      continue;
    }
    const missing = [
      ...lacking.map((child) => child.code),
      ...given.flatMap((child) => child.missing?.get(period) ?? []),
    ].toSorted();
    if (missing.length > 0 || given.some((child) => child.partial[i] === 1)) {
      result.partial[i] = 1;
      result.missing.set(period, missing);
    }
  }
  return result;
}

/** 100 x numerator / denominator for a percent, multiplied first, else their quotient; NaN where the denominator is 0. */
export function ratio(numerator: number, denominator: number, unit: Unit): number {
  if (denominator === 0) return NaN;
  return unit === "percent" ? (100 * numerator) / denominator : numerator / denominator;
}

function contributes(child: ChildSeries, i: number, kind: "sum" | "ratio"): boolean {
  if (Number.isNaN(child.value[i])) return false;
  return kind === "sum" || !(Number.isNaN(child.numerator[i]) || Number.isNaN(child.denominator[i]));
}

function hasAnswered(child: ChildSeries, i: number): boolean {
  return Number.isNaN(child.value[i]) && child.answered[i] === 1;
}

function total(children: readonly ChildSeries[], of: "value" | "numerator" | "denominator", i: number): number {
  let sum = 0;
  for (const child of children) sum += child[of][i] ?? NaN;
  return sum;
}
