import { isWorse, type MetricRules } from "../metric.ts";

/** How a measure stands against its target, worst first: the words of board papers, and a target without a figure. */
export const TARGET_PLACES = ["below-by-10-percent", "below", "met", "no-value", "no-target"] as const;
export type TargetPlace = (typeof TARGET_PLACES)[number];

/** From this share of the target's size on, in percent, a measure is far below it. */
const FAR = 10;
/** Digits that a share keeps: 100 x (66.7 - 60.03) / 66.7 is 10, though doubles say a little less. */
const DIGITS = 12;

/**
 * The place of a value against a target, NaN for none of either; both unrounded. "Below" is on the worse side. The tenth is
 * of the target's size; any miss of a target of 0, and of a grade, is by 10 % or more.
 */
export function placeAgainstTarget(
  { better, unit }: Pick<MetricRules, "better" | "unit">,
  value: number,
  target: number,
): TargetPlace {
  if (better === "neither" || Number.isNaN(target)) return "no-target";
  if (Number.isNaN(value)) return "no-value";
  if (!isWorse(better, value, target)) return "met";
  if (unit === "ordinal" || unit === "yesno" || target === 0) return "below-by-10-percent";
  const share = (100 * Math.abs(value - target)) / Math.abs(target);
  return Number(share.toPrecision(DIGITS)) >= FAR ? "below-by-10-percent" : "below";
}
