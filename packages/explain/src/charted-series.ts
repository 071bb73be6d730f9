import { type ReferenceLine, xmrChart } from "@signalbox/charts";
import type { CurrentCatalogue, Metric, SeriesPoints } from "@signalbox/db";
import {
  formatValue,
  limitAsValue,
  nameOfPeriod,
  type Period,
  seriesChart,
  type SeriesChart,
  shortPeriod,
} from "@signalbox/domain";
import { limitsOf } from "./limit-words.ts";

const SHOWN = 36;

export interface ChartedSeries {
  readonly svg: string;
  readonly chart: SeriesChart;
  /** The board's and the SLT's limit by period, as values on the chart; NaN where there is none. */
  readonly board: Float64Array;
  readonly slt: Float64Array;
}

/** A series charted up to a period, its last 36 periods drawn; null where it has no value to draw. */
export function chartedSeries(
  catalogue: CurrentCatalogue,
  found: SeriesPoints,
  { through = Infinity, organisation }: { through?: number; organisation: string },
): ChartedSeries | null {
  const metric = catalogue.metrics.get(found.metric);
  const points = found.points.filter(({ period }) => period <= through);
  const chart = seriesChart({
    ...found,
    periods: points.map(({ period }) => period),
    values: Float64Array.from(points, ({ value }) => value ?? NaN),
    targets: Float64Array.from(points, ({ target }) => target ?? NaN),
    newStarts: found.definitionChanges,
  });
  // Grades and yes or no have no distance between them that a mean could be taken of.
  if (metric === undefined || chart.variation === null || metric.unit === "ordinal" || metric.unit === "yesno")
    return null;
  const limits = limitsOf(catalogue, found);
  const asValue = (side: "board" | "slt") =>
    Float64Array.from(points, ({ period, plan }) => {
      const row = limits(period);
      const limit = row?.[side] ?? null;
      return row === null || limit === null ? NaN : limitAsValue(row.basis, limit, plan ?? NaN);
    });
  const [board, slt] = [asValue("board"), asValue("slt")];
  const from = Math.max(0, points.length - SHOWN);
  const line = (name: string, sort: ReferenceLine["sort"], values: Float64Array): ReferenceLine => ({
    name,
    sort,
    values: values.subarray(from),
  });
  const svg = xmrChart({
    id: "chart",
    title: `${metric.name}, ${organisation}`,
    description: describe(metric, found, points),
    periods: points.slice(from).map(({ period }) => shortPeriod(period, found.frequency)),
    points: chart.points.slice(from),
    lines: [
      line(
        "Target",
        "target",
        Float64Array.from(points, ({ target }) => target ?? NaN),
      ),
      line(
        "Plan",
        "plan",
        Float64Array.from(points, ({ plan }) => plan ?? NaN),
      ),
      line("Board limit", "board", board),
      line("SLT limit", "slt", slt),
    ],
    write: (value) => formatValue(value, metric),
  });
  return { svg, chart, board, slt };
}

function describe(metric: Metric, { frequency }: SeriesPoints, points: SeriesPoints["points"]): string {
  const last = points.findLast(({ value }) => value !== null);
  const first = points.find(({ value }) => value !== null);
  const name = (period: Period): string => nameOfPeriod(period, frequency);
  if (!first || !last || last.value === null) return "No values.";
  return `From ${name(first.period)} to ${name(last.period)}; the last value is ${formatValue(last.value, metric)}. The figures are in the table below.`;
}
