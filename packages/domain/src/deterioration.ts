import { isWorse, type MetricRules } from "./metric.ts";

/** A number as shown, in units of the last place: floor(value x 10^decimals + 0.5) in double arithmetic. */
export function asShown(value: number, decimals: number): number {
  return Math.floor(value * 10 ** decimals + 0.5);
}

/**
 * For each period the number of periods in a row, up to it, in which the figure was worse than the one before by at least
 * the minimum change (contract 6, rule 4). `figures` come from `runFigures`, `changed` from `definitionChanges`.
 */
export function deteriorationRuns(metric: MetricRules, figures: Float64Array, changed: Uint8Array): Int16Array {
  const runs = new Int16Array(figures.length);
  const { better, decimals, minimumChange } = metric;
  const least = minimumChange === null ? 1 : Math.max(1, asShown(minimumChange, decimals));
  let before = NaN;
  for (let i = 0; i < figures.length; i += 1) {
    const shown = asShown(figures[i] ?? NaN, decimals);
    const worse = changed[i] === 0 && isWorse(better, shown, before) && Math.abs(shown - before) >= least;
    if (worse) runs[i] = (runs[i - 1] ?? 0) + 1;
    before = shown;
  }
  return runs;
}
