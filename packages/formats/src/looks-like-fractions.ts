import type { Findings } from "./findings.ts";
import type { ReadRequest } from "./read-result.ts";

const MOST_OF_A_FRACTION = 1;
const LEAST_GOAL_IN_POINTS = 2;

interface Seen {
  most: number;
  bare: boolean;
  lowestPlan: number;
}

/**
 * Refuses the values of each percent metric that seems to be given in fractions: none is above 1, while its goals lie
 * above 2. Values computed from numerator and denominator, or marked with %, alone prove nothing.
 */
export function refuseFractions(request: ReadRequest, found: Findings, refused: Uint8Array): void {
  const { columns, length, metrics } = found.rows;
  const seen = metrics.list.map((): Seen => ({ most: -Infinity, bare: false, lowestPlan: Infinity }));
  for (let place = 0; place < length; place++) {
    const of = seen[columns.metric[place] ?? -1];
    const value = columns.value[place] ?? Number.NaN;
    if (of === undefined || Number.isNaN(value)) continue;
    if (value > of.most) of.most = value;
    of.bare ||= columns.bare[place] === 1;
    const plan = columns.plan[place] ?? Number.NaN;
    if (plan < of.lowestPlan) of.lowestPlan = plan;
  }
  const suspects = seen.map((of, place) => looksLikeFractions(of, metrics.list[place] ?? "", request));
  if (!suspects.includes(true)) return;
  const message = "Every value is at most 1 although the goals are in percent: write 94.6, not 0.946.";
  for (let place = 0; place < length; place++) {
    const value = columns.value[place] ?? Number.NaN;
    if (suspects[columns.metric[place] ?? -1] !== true || Number.isNaN(value)) continue;
    refused[place] = 1;
    found.refused++;
    const at = { row: columns.row[place] ?? null, column: "value", value: String(value) };
    found.problems.add("error", "looks-like-fractions", message, at);
  }
}

function looksLikeFractions(of: Seen, metric: string, { metrics, lowestGoals }: ReadRequest): boolean {
  if (metrics.get(metric)?.unit !== "percent" || !of.bare || of.most > MOST_OF_A_FRACTION) return false;
  const goal = lowestGoals?.get(metric) ?? (Number.isFinite(of.lowestPlan) ? of.lowestPlan : null);
  return goal !== null && goal > LEAST_GOAL_IN_POINTS;
}
