import { type Frequency, stepOf } from "./period.ts";

/** What says whether a case is a relapse: when it was raised, when the one before it of the same series ended. */
export interface Following {
  readonly raisedIn: number;
  readonly endedIn: number;
  readonly frequency: Frequency;
}

/**
 * After how many periods the figure is back, where that is within so many as it is watched after its end; null where it was well
 * for longer, or nothing is watched.
 */
export function relapseAfter(
  { raisedIn, endedIn, frequency }: Following,
  monitoringPeriods: number | undefined,
): number | null {
  const periods = (raisedIn - endedIn) / stepOf(frequency);
  return monitoringPeriods !== undefined && periods >= 1 && periods <= monitoringPeriods ? periods : null;
}

/** "Relapse: back 2 months after case 12" */
export function relapseInWords(
  { periods, previous }: { readonly periods: number; readonly previous: number },
  frequency: Frequency,
): string {
  const noun = frequency === "monthly" ? "month" : "quarter";
  return `Relapse: back ${periods} ${noun}${periods === 1 ? "" : "s"} after case ${previous}`;
}
