import { NO_TIER } from "./tier.ts";

export type Move = "raised" | "stepped-up" | "continued" | "held" | "stepped-down" | "resolved";

/** What stands before the forums, carried from one reported period to the next (contract 6, rule 6). */
export interface Standing {
  /** Its place in TIERS. */
  tier: number;
  /** Reported periods in a row whose due tier was below the standing one, and the worst tier due in them. */
  below: number;
  worstBelow: number;
  /** Of those the last in a row in which nothing was due at all. */
  quiet: number;
  /** Whether the case ever had a reason by threshold or persistence, so that a missing limit is no recovery. */
  byLimit: boolean;
  /** Whether its chair has signed it off: until it is due again at its tier, or has stepped down. */
  signedOff: boolean;
  /** Whether the last move was held for that signature alone. */
  awaitsSignOff: boolean;
}

/** When a case steps down: after so many reported periods, and where its board asks for it once its chair has signed it off. */
export interface StepDown {
  readonly after: number;
  readonly needsSignOff: boolean;
}

/** What one reported period says: the tier due, whether a limit is the reason, whether an approved limit rated it. */
export interface Verdict {
  due: number;
  byLimit: boolean;
  limited: boolean;
}

export const nothingStands = (): Standing => ({
  tier: NO_TIER,
  below: 0,
  worstBelow: NO_TIER,
  quiet: 0,
  byLimit: false,
  signedOff: false,
  awaitsSignOff: false,
});

/**
 * Moves what stands by the verdict of one reported period; null where there is nothing to say. Changes `standing` in
 * place and keeps no verdict: it is called for every period of every series.
 */
export function move(standing: Standing, verdict: Verdict, stepDown: StepDown): Move | null {
  const { due } = verdict;
  const was = standing.tier;
  standing.awaitsSignOff = false;
  if (due === NO_TIER && was === NO_TIER) return null;
  if (verdict.byLimit) standing.byLimit = true;
  if (due >= was) {
    settle(standing, due);
    return due === was ? "continued" : was === NO_TIER ? "raised" : "stepped-up";
  }
  if (standing.byLimit && !verdict.limited) return "held";
  standing.below += 1;
  standing.worstBelow = Math.max(standing.worstBelow, due);
  standing.quiet = due === NO_TIER ? standing.quiet + 1 : 0;
  if (standing.below < stepDown.after) return "held";
  if (stepDown.needsSignOff && !standing.signedOff) {
    standing.awaitsSignOff = true;
    return "held";
  }
  // However long the signature was waited for: the worst of as many periods as it steps down after.
  settle(standing, standing.quiet >= stepDown.after ? NO_TIER : standing.worstBelow);
  if (standing.tier !== NO_TIER) return "stepped-down";
  standing.byLimit = false;
  return "resolved";
}

/** Ends what stands because its chair closed it, whatever the figures say. */
export function close(standing: Standing): void {
  settle(standing, NO_TIER);
  standing.byLimit = false;
  standing.awaitsSignOff = false;
}

function settle(standing: Standing, tier: number): void {
  standing.tier = tier;
  standing.below = 0;
  standing.quiet = 0;
  standing.signedOff = false;
  standing.worstBelow = NO_TIER;
}
