import type { TestFile } from "./api-client.ts";
import { months } from "./invented-health-system.ts";

const HEADER = "period,organisation,metric,value,numerator,denominator,plan,comment";

/** One row of a canonical file. */
export interface Figure {
  readonly period: string;
  readonly organisation: string;
  readonly metric: string;
  /** A number, or why there is none ("N/A"). */
  readonly value?: number | string;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly plan?: number;
}

/** The canonical file of some figures. */
export function fileOf(organisation: string, figures: readonly Figure[], named: Partial<TestFile> = {}): TestFile {
  const rows = figures.map((f) =>
    [f.period, f.organisation, f.metric, f.value, f.numerator, f.denominator, f.plan, ""]
      .map((cell) => cell ?? "")
      .join(),
  );
  return { organisation, csv: `${[HEADER, ...rows].join("\n")}\n`, ...named };
}

/** Figures of one series, month by month from a first one; null leaves the month out. */
export function run(
  { organisation, metric, from }: { organisation: string; metric: string; from: string },
  values: readonly (number | string | null)[],
): Figure[] {
  const periods = months(from, values.length);
  return values.flatMap((value, at) =>
    value === null ? [] : [{ organisation, metric, period: periods[at] ?? from, value }],
  );
}

/** A chain of numbers from 0 to 1 that is the same for the same seed. */
export function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
