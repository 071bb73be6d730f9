import type { MetricRules } from "./metric.ts";
import { type Period, stepOf } from "./period.ts";

/**
 * What runs and SPC look at, by period: the values themselves, the increments of a metric that accumulates over a quarter
 * or year, nothing (all NaN) of `rolling-12` (contract 6, rule 4). `changed` marks the periods of a definition change.
 */
export function runFigures(
  metric: MetricRules,
  first: Period,
  actual: Float64Array,
  changed: Uint8Array,
): Float64Array {
  const { accumulates } = metric;
  if (accumulates === "none") return actual;
  const figures = new Float64Array(actual.length).fill(NaN);
  if (accumulates === "rolling-12") return figures;
  const step = stepOf(metric.frequency);
  for (let i = 0; i < actual.length; i += 1) {
    const value = actual[i] ?? NaN;
    if (countBegins(accumulates, first + i * step)) figures[i] = value;
    else if (i > 0 && changed[i] === 0) figures[i] = value - (actual[i - 1] ?? NaN);
  }
  return figures;
}

/** 1 for each period in which the metric begins to mean something else. */
export function definitionChanges(metric: MetricRules, first: Period, count: number): Uint8Array {
  const changed = new Uint8Array(count);
  const step = stepOf(metric.frequency);
  for (const change of metric.definitionChanges) {
    const index = Math.ceil((change - first) / step);
    if (index >= 0 && index < count) changed[index] = 1;
  }
  return changed;
}

/** Financial quarters begin in January, April, July and October; the financial year in April. */
function countBegins(accumulates: "quarter" | "year", period: number): boolean {
  return accumulates === "quarter" ? period % 3 === 0 : period % 12 === 3;
}
