import type { ChartPoint } from "@signalbox/domain";
import { type Key, keysOf, rowsOf } from "./legend.ts";
import { type Scale, scaleOver } from "./scale.ts";
import { wrapped } from "./wrapped.ts";

/**
 * A line across the chart: the target, a limit of a board, a plan by period, or what an action plan expects (`expected`: drawn
 * from period to period with a cross at each, not in steps). NaN where it is not in force.
 */
export interface ReferenceLine {
  readonly name: string;
  readonly sort: "target" | "plan" | "board" | "slt" | "expected";
  readonly values: Float64Array;
}

/** What is drawn; `points` has one entry a period, null where there is nothing to draw. */
export interface XmrDrawing {
  /** Unlike any other on the page: ids within the picture begin with it. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** How each period is written under the chart, shortly: "Mar 24". */
  readonly periods: readonly string[];
  readonly points: readonly (ChartPoint | null)[];
  readonly lines?: readonly ReferenceLine[];
  /** Whether its points say nothing of how they vary, so that a legend names no kind. */
  readonly isPlain?: boolean;
  /** A value with its unit: "94.6%". */
  readonly write: (value: number) => string;
  /** The mean and limits, which may need a place more than values do: "1.4" of counts. */
  readonly writeLimit?: (value: number) => string;
  /** The least difference that is written: 0.1 where values have one decimal. */
  readonly finest?: number;
  /** Whether values are seconds, so that lines are drawn at round times. */
  readonly isTime?: boolean;
  /** Below 480 it is drawn for a telephone: names of lines in the legend, no title in the picture. */
  readonly width?: number;
  readonly height?: number;
}

/** Where the parts of one picture lie. */
export interface Frame {
  readonly drawing: XmrDrawing;
  readonly isNarrow: boolean;
  readonly width: number;
  readonly height: number;
  readonly title: readonly string[];
  readonly legend: readonly (readonly Key[])[];
  readonly scale: Scale;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  x(at: number): number;
}

const NARROW_BELOW = 480;
const DIGIT = 6.9;
const TITLE_LETTER = 9;
export const TITLE_LINE = 20;
export const LEGEND_LINE = 20;
const RIGHT = { wide: 132, narrow: 14 } as const;

/** Lays a picture out: room for the longest figure at the left, for names at the right, for the legend's rows below. */
export function frameOf(drawing: XmrDrawing): Frame {
  const { width = 760, height = 400, title, points, lines = [], write, finest, isTime } = drawing;
  const isNarrow = width < NARROW_BELOW;
  const values = points.flatMap((point) => (point ? [point.value, point.limits.lower, point.limits.upper] : []));
  for (const line of lines) values.push(...line.values);
  const titleLines = isNarrow ? [] : wrapped(title, Math.floor((width - 24) / TITLE_LETTER));
  const legend = rowsOf(keysOf(drawing, isNarrow), width - (isNarrow ? 8 : 24));
  const top = 32 + titleLines.length * TITLE_LINE;
  const bottom = height - 34 - legend.length * LEGEND_LINE;
  const scale = scaleOver(values, {
    top,
    bottom,
    ...(finest === undefined ? {} : { finest }),
    isTime: isTime === true,
  });
  const left = 14 + DIGIT * Math.max(3, ...scale.ticks.map((tick) => write(tick).length));
  const right = width - (isNarrow ? RIGHT.narrow : RIGHT.wide);
  const x = (at: number): number => left + ((at + 0.5) * (right - left)) / Math.max(points.length, 1);
  return { drawing, isNarrow, width, height, title: titleLines, legend, scale, left, right, top, bottom, x };
}
