/** What of an action is rated: whether it is done, and whether it has become normal practice. */
export const ASPECTS = ["delivery", "embedding"] as const;
export type Aspect = (typeof ASPECTS)[number];

/** From best to worst. */
export const RATINGS = ["complete", "on-track", "off-track", "overdue"] as const;
export type Rating = (typeof RATINGS)[number];

/** Below 0 where the first is better, above 0 where it is worse, 0 where they are the same. */
export function compareRatings(one: Rating, other: Rating): number {
  return RATINGS.indexOf(one) - RATINGS.indexOf(other);
}

export function isBetter(one: Rating, other: Rating): boolean {
  return compareRatings(one, other) < 0;
}
