import type { Metric, SeriesPoints } from "@signalbox/db";
import { type AgainstPath, againstPath, formatValue, nameOfPeriod } from "@signalbox/domain";

/** What an action plan expects, for whoever does not see the chart: "The action plan expects 76.0% in June 2024." */
export function pathInWords(
  { expected, frequency }: Pick<SeriesPoints, "expected" | "frequency">,
  metric: Metric,
): string[] {
  const last = [...(expected ?? [])].toSorted(([a], [b]) => a - b).at(-1);
  if (last === undefined) return [];
  const [period, value] = last;
  return [`The action plan expects ${formatValue(value, metric)} in ${nameOfPeriod(period, frequency)}.`];
}

/** How a figure stands beside the plan's path, in words: "1.2 points behind the plan's path". */
function againstPathInWords({ is, by }: AgainstPath, metric: Pick<Metric, "unit" | "scale" | "decimals">): string {
  if (is === "as-promised") return "as promised by the plan's path";
  const apart =
    metric.unit === "percent" ? `${formatValue(by, { ...metric, unit: "rate" })} points` : formatValue(by, metric);
  return is === "behind" ? `${apart} behind the plan's path` : `${apart} better than the plan's path`;
}

/** A figure beside what was promised of its period: "75.0% expected: 1.2 points behind the plan's path"; null where nothing was. */
export function besidePath(value: number | null, expected: number | null | undefined, metric: Metric): string | null {
  if (expected === null || expected === undefined) return null;
  const placed = againstPath(metric, value, expected);
  const promised = `${formatValue(expected, metric)} expected`;
  return placed === null ? promised : `${promised}: ${againstPathInWords(placed, metric)}`;
}
