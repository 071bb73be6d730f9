export const TIERS = ["none", "board", "slt"] as const;
/** What stands, worst last: nothing, before the board, before the System Leadership Team. */
export type Tier = (typeof TIERS)[number];

export const NO_TIER = 0;
export const BOARD = 1;
export const SLT = 2;

/** The tier at a place in TIERS, as the typed arrays hold it. */
export function tierAt(index: number | undefined): Tier {
  const tier = TIERS[index ?? -1];
  if (tier === undefined) throw new RangeError(`There is no tier ${index}.`);
  return tier;
}
