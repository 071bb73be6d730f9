import { NO_TIER } from "./tier.ts";

export type Move = "raised" | "stepped-up" | "continued" | "held" | "stepped-down" | "resolved";

/** What stands before the forums, carried from one reported period to the next (contract 6, rule 6). */
export interface Standing {
  /** Its place in TIERS. */
  tier: number;
  /** Reported periods in a row whose due tier was below the standing one, and the worst tier due in them. */
  below: number;
  worstBelow: number;
  /** Whether the case ever had a reason by threshold or persistence, so that a missing limit is no recovery. */
  byLimit: boolean;
}

/** What one reported period says: the tier due, whether a limit is the reason, whether an approved limit rated it. */
export interface Verdict {
  due: number;
  byLimit: boolean;
  limited: boolean;
}

export const nothingStands = (): Standing => ({ tier: NO_TIER, below: 0, worstBelow: NO_TIER, byLimit: false });

/**
 * Moves what stands by the verdict of one reported period; null where there is nothing to say. Changes `standing` in
 * place and keeps no verdict: it is called for every period of every series.
 */
export function move(standing: Standing, verdict: Verdict, stepDownAfter: number): Move | null {
  const { due } = verdict;
  const was = standing.tier;
  if (due === NO_TIER && was === NO_TIER) return null;
  if (verdict.byLimit) standing.byLimit = true;
  if (due >= was) {
    settle(standing, due);
    return due === was ? "continued" : was === NO_TIER ? "raised" : "stepped-up";
  }
  if (standing.byLimit && !verdict.limited) return "held";
  standing.below += 1;
  standing.worstBelow = Math.max(standing.worstBelow, due);
  if (standing.below < stepDownAfter) return "held";
  settle(standing, standing.worstBelow);
  if (standing.tier !== NO_TIER) return "stepped-down";
  standing.byLimit = false;
  return "resolved";
}

function settle(standing: Standing, tier: number): void {
  standing.tier = tier;
  standing.below = 0;
  standing.worstBelow = NO_TIER;
}
