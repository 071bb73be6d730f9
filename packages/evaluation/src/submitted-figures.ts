import type { DueSeries } from "@signalbox/db";
import type { Period } from "@signalbox/domain";

/** The figures of a series place by place from `first`, as submitted, computed, or both; NaN is none. */
export interface Figures {
  readonly first: Period;
  readonly count: number;
  readonly value: Float64Array;
  readonly numerator: Float64Array;
  readonly denominator: Float64Array;
  readonly plan: Float64Array;
  /** 1 where somebody says why there is no value. */
  readonly reasonGiven: Uint8Array;
  readonly partial: Uint8Array;
  readonly restated: Uint8Array;
  readonly submission: Float64Array;
  readonly missing: ReadonlyMap<Period, readonly string[]>;
  /** What is said of a value that was submitted, and why none was. */
  readonly marks: ReadonlyMap<Period, string>;
  readonly noValues: ReadonlyMap<Period, string>;
}

/** What was submitted for a series itself; null where nothing was. */
export function submittedFigures(due: DueSeries, step: 1 | 3): Figures | null {
  const { first } = due;
  if (first === null || due.count === 0) return null;
  const byPeriod = (texts: ReadonlyMap<number, string>) =>
    texts.size === 0
      ? nowhere
      : new Map(Array.from(texts, ([place, text]) => [(first + place * step) as Period, text]));
  return {
    first: first as Period,
    count: due.count,
    value: due.values,
    numerator: due.numerators,
    denominator: due.denominators,
    plan: due.plans,
    reasonGiven: due.reasonGiven,
    partial: new Uint8Array(due.count),
    restated: due.restated,
    submission: due.submissions,
    missing: new Map(),
    marks: byPeriod(due.marks),
    noValues: byPeriod(due.noValues),
  };
}

const nowhere: ReadonlyMap<Period, string> = new Map();

/** The same figures over another range of periods: cut where it is shorter, empty where it is longer. */
export function overRange(
  figures: Figures,
  { first, count, step }: { first: Period; count: number; step: 1 | 3 },
): Figures {
  const shift = (first - figures.first) / step;
  if (shift === 0 && count === figures.count) return figures;
  return {
    first,
    count,
    value: moved(figures.value, shift, count),
    numerator: moved(figures.numerator, shift, count),
    denominator: moved(figures.denominator, shift, count),
    plan: moved(figures.plan, shift, count),
    reasonGiven: movedFlags(figures.reasonGiven, shift, count),
    partial: movedFlags(figures.partial, shift, count),
    restated: movedFlags(figures.restated, shift, count),
    submission: moved(figures.submission, shift, count),
    missing: figures.missing,
    marks: figures.marks,
    noValues: figures.noValues,
  };
}

/** An array of figures seen from `shift` places further on, `count` places long; NaN where it does not reach. */
export function moved(from: Float64Array, shift: number, count: number): Float64Array {
  const to = new Float64Array(count).fill(NaN);
  const start = Math.max(0, shift);
  if (start < from.length) to.set(from.subarray(start, Math.max(start, shift + count)), start - shift);
  return to;
}

function movedFlags(from: Uint8Array, shift: number, count: number): Uint8Array {
  const to = new Uint8Array(count);
  const start = Math.max(0, shift);
  if (start < from.length) to.set(from.subarray(start, Math.max(start, shift + count)), start - shift);
  return to;
}
