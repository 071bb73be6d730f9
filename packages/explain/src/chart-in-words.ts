import { KIND_WORDS } from "@signalbox/charts";
import type { Metric, SeriesPoints } from "@signalbox/db";
import { formatValue, nameOfPeriod } from "@signalbox/domain";
import type { ChartedSeries } from "./charted-series.ts";

/**
 * What a chart shows, in words, for whoever does not see it: "The last value is 74.6%, in March 2024: common cause. The mean
 * is 74.9%. Most months lie between 71.2% and 78.6%. The SLT limit is 75.0%."
 */
export function chartInWords(
  { chart, board, slt }: Pick<ChartedSeries, "chart" | "board" | "slt">,
  { points, frequency }: Pick<SeriesPoints, "points" | "frequency">,
  metric: Metric,
): string {
  const at = chart.points.findLastIndex((point) => point !== null && !Number.isNaN(point.value));
  const last = chart.points[at];
  const period = points[at]?.period;
  if (!last || period === undefined) return "There is no value.";
  const write = (value: number) => formatValue(value, metric);
  const { mean, lower, upper } = last.limits;
  const periods = frequency === "monthly" ? "months" : "quarters";
  const limit = (name: string, value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? [] : [`${name} is ${write(value)}.`];
  return [
    `The last value is ${write(last.value)}, in ${nameOfPeriod(period, frequency)}${chart.variation === null ? "" : `: ${KIND_WORDS[last.kind].toLowerCase()}`}.`,
    ...(Number.isNaN(mean) ? [] : [`The mean is ${write(mean)}.`]),
    ...(Number.isNaN(upper - lower) ? [] : [`Most ${periods} lie between ${write(lower)} and ${write(upper)}.`]),
    ...limit("The board's limit", board[at]),
    ...limit("The SLT limit", slt[at]),
  ].join(" ");
}
