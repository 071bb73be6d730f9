import type { MetricNotation } from "../canonical-row.ts";
import { ratioOf } from "../settled-value.ts";
import type { Outcome } from "./outcome.ts";

/** What the columns of a metric add up to, in one row or over several; NaN where there is no number. */
export interface Figures {
  value: number;
  numerator: number;
  denominator: number;
  /** Why there is no number, of the first column group that has none. */
  none: string | null;
  /** Whether all cells were such as count for nothing in a sum. */
  nothing: boolean;
  mark: string | null;
  plan: number | null;
  comment: string | null;
}

/** Nothing added up yet. */
export function noFigures(): Figures {
  return {
    value: Number.NaN,
    numerator: Number.NaN,
    denominator: Number.NaN,
    none: null,
    nothing: false,
    mark: null,
    plan: null,
    comment: null,
  };
}

/** What is impossible about figures, in words; null where nothing is. */
export type Impossible = { code: string; message: string; value: string } | null;

/** The value that counts: the one given, else the ratio, else none with its reason. */
export function settleFigures(
  { unit }: MetricNotation,
  { value, numerator, denominator, none, mark }: Figures,
  { outcome, takesAway }: { outcome: Outcome; takesAway: boolean },
): Impossible {
  outcome.clear();
  outcome.numerator = orNull(numerator);
  outcome.denominator = orNull(denominator);
  if (!Number.isNaN(value)) {
    outcome.value = value;
    outcome.mark = mark;
  } else if (outcome.numerator === null || outcome.denominator === null) {
    outcome.noValue = none ?? "empty";
  } else {
    outcome.value = ratioOf(unit, numerator, denominator);
    if (outcome.value === null) outcome.noValue = "denominator 0";
    else outcome.mark = mark;
  }
  return whatIsImpossible(outcome, takesAway);
}

function whatIsImpossible({ value, numerator }: Outcome, takesAway: boolean): Impossible {
  if (takesAway && numerator !== null && numerator < 0) {
    const message = "The columns that are taken away add up to more than those that they are taken from.";
    return { code: "negative-count", message, value: String(numerator) };
  }
  if (value === null || Number.isFinite(value)) return null;
  return { code: "not-a-number", message: "The figures are too large to be divided.", value: String(numerator) };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
