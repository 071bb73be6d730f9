import { monthOf, type Frequency, type Period } from "@signalbox/domain";
import { wobble } from "./noise.ts";

/**
 * How a metric's figures are written: `share` and `rate` as numerator and denominator, the others as one value. `volume`
 * is the number of cases of another metric: its denominator.
 */
export type Notation =
  | "share"
  | "rate"
  | "percent"
  | "decimal"
  | "whole"
  | "duration"
  | "money"
  | "grade"
  | "yesno"
  | "volume";

/** What one organisation's figures usually look like; a metric that accumulates is described by its month's increase. */
export interface Shape {
  readonly organisation: string;
  /** The usual figure in the last period, in the metric's unit; `trend` is what each period adds on the way there. */
  readonly level: number;
  readonly trend?: number;
  /** The level before the metric's definition changed. */
  readonly was?: number;
  /** What the season adds in the month `peak`, and takes away half a year later. */
  readonly season?: number;
  readonly peak?: number;
  readonly noise: number;
  /** The usual denominator of a share or a rate. */
  readonly of?: number;
  /** What was planned for the last period, and what each period adds to it. */
  readonly planned?: { readonly level: number; readonly trend: number };
}

/** One metric and how it looks in each organisation that reports it. */
export interface MetricShape {
  readonly metric: string;
  readonly written: Notation;
  readonly frequency?: Frequency;
  readonly accumulates?: "quarter" | "year" | "rolling-12";
  /** For `volume`: the metric whose cases are counted. */
  readonly counts?: string;
  readonly shapes: readonly Shape[];
  /** How many times what its providers planned the system itself agreed to reach; as much where left out. */
  readonly systemPlan?: number;
  /** What the region around the system usually reaches, where somebody publishes it. */
  readonly region?: Pick<Shape, "level" | "season" | "noise">;
}

/** How many months before the last one `cancer-fds` began to mean something else. */
export const DEFINITION_CHANGED_AGO = 8;

/** A place in time: the period, and how many periods of the metric's frequency it lies before the last one. */
export interface When {
  readonly period: Period;
  readonly ago: number;
}

/** The usual figure of a series before any story, unrounded. */
export function usualFigure(metric: string, shape: Shape, { period, ago }: When): number {
  const level = ago > DEFINITION_CHANGED_AGO ? (shape.was ?? shape.level) : shape.level;
  const angle = (2 * Math.PI * (monthOf(period).month - (shape.peak ?? 1))) / 12;
  const noise = shape.noise * wobble(`${metric}/${shape.organisation}/${period}`);
  return level - (shape.trend ?? 0) * ago + (shape.season ?? 0) * Math.cos(angle) + noise;
}

/** The denominator of a share, or of a rate (in thousands, to two decimals), in one period. */
export function denominatorOf(metric: string, shape: Shape, { period }: When): number {
  const usual = shape.of ?? 1000;
  const scale = usual < 100 ? 100 : 1;
  return Math.round(scale * usual * (1 + 0.03 * wobble(`${metric}/${shape.organisation}/${period}/of`))) / scale;
}
