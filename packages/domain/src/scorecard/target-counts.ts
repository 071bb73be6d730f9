import type { TargetPlace } from "./place-against-target.ts";

/** How many measures stand how against their targets. */
export interface TargetCounts {
  readonly belowBy10Percent: number;
  readonly below: number;
  readonly met: number;
  /** Measures with a target whose figure is missing: neither met nor below. */
  readonly noValue: number;
  readonly noTarget: number;
  /** Those that are met or below. */
  readonly withTarget: number;
  /** In whole percent of those with a target, half up; null (n/a) where there is none. */
  readonly percentMet: number | null;
}

/** What each count is more or less than before; null for a share that one of both lacks. */
export type CountChange = Readonly<Record<Exclude<keyof TargetCounts, "percentMet">, number>> &
  Pick<TargetCounts, "percentMet">;

type Counted = Omit<TargetCounts, "withTarget" | "percentMet">;

const NAMES = {
  "below-by-10-percent": "belowBy10Percent",
  below: "below",
  met: "met",
  "no-value": "noValue",
  "no-target": "noTarget",
} as const satisfies Record<TargetPlace, keyof Counted>;

/** Counts measures by their place. */
export function countPlaces(places: Iterable<TargetPlace>): TargetCounts {
  const counts = { belowBy10Percent: 0, below: 0, met: 0, noValue: 0, noTarget: 0 };
  for (const place of places) counts[NAMES[place]] += 1;
  return withShare(counts);
}

/** The counts of several domains as one. */
export function addedUp(counts: readonly TargetCounts[]): TargetCounts {
  const sum = (name: keyof Counted) => counts.reduce((total, one) => total + one[name], 0);
  return withShare({
    belowBy10Percent: sum("belowBy10Percent"),
    below: sum("below"),
    met: sum("met"),
    noValue: sum("noValue"),
    noTarget: sum("noTarget"),
  });
}

/** What has changed since the period before. */
export function changeOf(now: TargetCounts, before: TargetCounts): CountChange {
  const more = (name: keyof Counted | "withTarget") => now[name] - before[name];
  return {
    belowBy10Percent: more("belowBy10Percent"),
    below: more("below"),
    met: more("met"),
    noValue: more("noValue"),
    noTarget: more("noTarget"),
    withTarget: more("withTarget"),
    percentMet: now.percentMet === null || before.percentMet === null ? null : now.percentMet - before.percentMet,
  };
}

function withShare(counts: Counted): TargetCounts {
  const withTarget = counts.belowBy10Percent + counts.below + counts.met;
  const percentMet = withTarget === 0 ? null : Math.floor((100 * counts.met) / withTarget + 0.5);
  return { ...counts, withTarget, percentMet };
}
