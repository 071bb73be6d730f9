import { type ReferenceLine, xmrChart, type XmrDrawing } from "@signalbox/charts";
import type { CurrentCatalogue, Metric, SeriesPoints } from "@signalbox/db";
import {
  type AgainstPath,
  againstPath,
  asPeriod,
  formatValue,
  hasControlLimits,
  limitAsValue,
  nameOfPeriod,
  type Period,
  type SeriesChart,
  shortPeriod,
  stepOf,
  withoutLimits,
} from "@signalbox/domain";
import { chartInWords } from "./chart-in-words.ts";
import { pathInWords } from "./path-in-words.ts";
import { limitsOf } from "./limit-words.ts";
import { type SpcOptions, spcOfSeries } from "./spc-of-series.ts";

const SHOWN = 36;
const SHOWN_NARROW = 15;
/** How many periods of a plan's path are drawn ahead of the figures. */
const AHEAD = 12;
const AHEAD_NARROW = 6;
const NARROW = { width: 340, height: 380 } as const;

export interface ChartedSeries {
  readonly svg: string;
  /** The last periods alone, as a telephone shows them; empty where it was not asked for. */
  readonly narrowSvg: string;
  readonly chart: SeriesChart;
  /** The board's and the SLT's limit by period, as values on the chart; NaN where there is none. */
  readonly board: Float64Array;
  readonly slt: Float64Array;
  /** How the last value stands beside what an action plan promised of its period; null where nobody promised anything. */
  readonly againstPath: AgainstPath | null;
}

export interface Charting {
  readonly organisation: string;
  /** The last period that is looked at. */
  readonly through?: number;
  readonly spc?: SpcOptions;
  /** How many of the last periods are drawn. */
  readonly shown?: number;
  readonly narrow?: boolean;
}

/** A series charted up to a period, its last 36 periods drawn unless `shown` says otherwise; null without a value to draw. */
export function chartedSeries(
  catalogue: CurrentCatalogue,
  found: SeriesPoints,
  { through = Infinity, organisation, spc = {}, shown = SHOWN, narrow = false }: Charting,
): ChartedSeries | null {
  const metric = catalogue.metrics.get(found.metric);
  const points = found.points.filter(({ period }) => period <= through);
  const known = spcOfSeries({ ...found, points }, spc);
  if (metric === undefined || known.variation === null || !isMeasured(metric)) return null;
  // What runs up over a year has no mean to vary about (docs/decisions/0028).
  const chart = hasControlLimits(metric) ? known : withoutLimits(known);
  const limits = limitsOf(catalogue, found);
  const ahead = periodsAhead(found, through);
  const all = [...points, ...ahead.map((period) => ({ period, value: null, plan: null, target: null }))];
  const along = (value: (point: (typeof all)[number]) => number | null) =>
    Float64Array.from(all, (point) => value(point) ?? NaN);
  const asValue = (side: "board" | "slt") =>
    along(({ period, plan }) => {
      const row = limits(period);
      const limit = row?.[side] ?? null;
      return row === null || limit === null ? null : limitAsValue(row.basis, limit, plan ?? NaN);
    });
  const [board, slt] = [asValue("board"), asValue("slt")];
  const targets = along(({ target }) => target);
  const plans = along(({ plan }) => plan);
  const expected = along(({ period }) => found.expected?.get(period) ?? null);
  const description = describe(metric, { ...found, points }, { chart, board, slt });
  const draw = (
    last: number,
    id: string,
    { most, ...size }: Pick<XmrDrawing, "width" | "height"> & { most: number },
  ) => {
    const to = points.length + Math.min(most, ahead.length);
    const from = Math.max(0, to - last);
    const line = (name: string, sort: ReferenceLine["sort"], values: Float64Array): ReferenceLine => ({
      name,
      sort,
      values: values.subarray(from, to),
    });
    return xmrChart({
      id,
      title: `${metric.name}, ${organisation}`,
      description,
      periods: all.slice(from, to).map(({ period }) => shortPeriod(period, found.frequency)),
      points: all.slice(from, to).map((_, at) => chart.points[from + at] ?? null),
      isPlain: chart.variation === null,
      lines: [
        line("Target", "target", targets),
        line("Plan", "plan", plans),
        line("Board limit", "board", board),
        line("SLT limit", "slt", slt),
        line("Expected", "expected", expected),
      ],
      write: (value) => formatValue(value, metric),
      writeLimit: (value) => formatLimit(value, metric),
      isTime: metric.unit === "duration",
      ...(metric.unit === "duration" ? { finest: 1 } : { finest: 10 ** -metric.decimals }),
      ...size,
    });
  };
  const narrowSvg = narrow ? draw(SHOWN_NARROW, "chart-narrow", { ...NARROW, most: AHEAD_NARROW }) : "";
  const last = points.findLast(({ value }) => value !== null);
  const againstIt =
    last === undefined ? null : againstPath(metric, last.value, found.expected?.get(last.period) ?? null);
  const svg = draw(shown, "chart", { most: AHEAD });
  return { svg, narrowSvg, chart, board, slt, againstPath: againstIt };
}

/** The periods after the last point of which a plan speaks, without a hole up to its last; none where the case has ended. */
function periodsAhead({ points, expected, frequency }: SeriesPoints, through: number): Period[] {
  const last = points.at(-1)?.period;
  if (last === undefined || expected === undefined || through !== Infinity) return [];
  const step = stepOf(frequency);
  const farthest = Math.min(Math.max(last, ...expected.keys()), last + AHEAD * step);
  return Array.from({ length: Math.floor((farthest - last) / step) }, (_, at) => asPeriod(last + (at + 1) * step));
}

/** A mean or control limit: of whole counts with one decimal, since a mean of 1.4 is not 1. */
export function formatLimit(value: number, metric: Pick<Metric, "unit" | "scale" | "decimals">): string {
  const decimals = metric.unit === "count" ? metric.decimals + 1 : metric.decimals;
  return formatValue(value, { ...metric, decimals });
}

/** Grades and yes or no have no distance between them that a mean could be taken of. */
export function isMeasured({ unit }: Pick<Metric, "unit">): boolean {
  return unit !== "ordinal" && unit !== "yesno";
}

/** Read aloud in place of the picture. */
function describe(
  metric: Metric,
  found: SeriesPoints,
  charted: Pick<ChartedSeries, "chart" | "board" | "slt">,
): string {
  const { points, frequency, recalculations } = found;
  const [first, last] = [points.find(({ value }) => value !== null), points.at(-1)];
  if (!first || !last) return "No values.";
  const name = (period: Period): string => nameOfPeriod(period, frequency);
  const anew = recalculations.filter((period) => period > first.period && period <= last.period).map(name);
  return [
    `Values from ${name(first.period)}.`,
    chartInWords(charted, found, metric),
    ...pathInWords(found, metric),
    ...(anew.length === 0 ? [] : [`Limits begin anew in ${anew.join(", ")}.`]),
    "The figures are in the table below.",
  ].join(" ");
}
