import type { Frequency, Period, ValueNotation } from "@signalbox/domain";

/** One observation as a file gives it. Exactly one of `value` and `noValue` is null. */
export interface CanonicalRow {
  /** The row of the file, counted from 1 with the header; one row of a template may give several canonical rows. */
  row: number;
  period: Period;
  organisation: string;
  metric: string;
  value: number | null;
  /** Why there is no value: the cell as it stood, or "empty", "suppressed", "denominator 0", "suspect", "nil return". */
  noValue: string | null;
  /** What is said of a value that counts: "estimated", "implausible", "nil return"; several are joined by "; ". */
  mark: string | null;
  numerator: number | null;
  denominator: number | null;
  plan: number | null;
  comment: string | null;
}

/** What reading must know of a metric. */
export interface MetricNotation extends ValueNotation {
  frequency: Frequency;
}
