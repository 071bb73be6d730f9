import type { Frequency, Period } from "./period.ts";
import type { Unit } from "./value.ts";

export const UNITS: readonly Unit[] = ["percent", "count", "rate", "duration", "money", "ordinal", "yesno"];

export const BETTER = ["higher", "lower", "neither"] as const;
export type Better = (typeof BETTER)[number];

export const AGGREGATIONS = ["sum", "ratio", "none"] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

export const ACCUMULATIONS = ["none", "quarter", "year", "rolling-12"] as const;
export type Accumulates = (typeof ACCUMULATIONS)[number];

/** What the rules need to know of a metric; `minimumChange` is in the metric's unit, null for one in the last place shown. */
export interface MetricRules {
  readonly better: Better;
  readonly frequency: Frequency;
  readonly unit: Unit;
  readonly decimals: number;
  readonly accumulates: Accumulates;
  readonly minimumChange: number | null;
  readonly definitionChanges: readonly Period[];
}

/** Strictly worse: below where higher is better, above where lower is; never where neither is. */
export function isWorse(better: Better, figure: number, than: number): boolean {
  if (better === "higher") return figure < than;
  return better === "lower" && figure > than;
}
