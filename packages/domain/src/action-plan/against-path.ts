import { asShown } from "../deterioration.ts";
import { isWorse, type MetricRules } from "../metric.ts";

const AGAINST_PATH = ["better", "as-promised", "behind"] as const;

/** How a figure stands beside the value that an accepted plan expects of its period. */
export interface AgainstPath {
  readonly is: (typeof AGAINST_PATH)[number];
  /** How far apart the two are as shown, in the metric's unit; 0 and more. */
  readonly by: number;
}

/**
 * Places a figure against the plan's path. Like deterioration it compares what is shown, and what differs by less than the
 * minimum change is as promised; so is any figure of a metric of which neither way is better. Null where either is missing.
 */
export function againstPath(
  { better, decimals, minimumChange }: Pick<MetricRules, "better" | "decimals" | "minimumChange">,
  value: number | null,
  expected: number | null,
): AgainstPath | null {
  if (value === null || expected === null || Number.isNaN(value) || Number.isNaN(expected)) return null;
  const [shown, promised] = [asShown(value, decimals), asShown(expected, decimals)];
  const least = minimumChange === null ? 1 : Math.max(1, asShown(minimumChange, decimals));
  const apart = Math.abs(shown - promised);
  const by = apart / 10 ** decimals;
  if (apart < least || better === "neither") return { is: "as-promised", by };
  return { is: isWorse(better, shown, promised) ? "behind" : "better", by };
}
