import { monthOf } from "@signalbox/domain";
import type { MetricShape, Shape, When } from "./shape.ts";

/** What was planned for one period alone: the month's increase where the metric accumulates; null without a plan. */
export function plannedAlone(shape: Shape, { ago }: When): number | null {
  return shape.planned === undefined ? null : shape.planned.level - shape.planned.trend * ago;
}

/** The plan as the catalogue has it, counted up where the metric accumulates; null without a plan. */
export function planned(metric: MetricShape, shape: Shape, when: When): number | null {
  if (shape.planned === undefined) return null;
  return countedUp(metric, when, (earlier) => plannedAlone(shape, earlier) ?? 0);
}

/** Adds up a month's figure and those before it since the quarter or year began, or of twelve months; else the figure. */
export function countedUp(metric: MetricShape, when: When, alone: (when: When) => number): number {
  let sum = 0;
  for (let back = 0; back < monthsCounted(metric, when); back += 1) {
    sum += alone({ period: (when.period - back) as When["period"], ago: when.ago + back });
  }
  return sum;
}

function monthsCounted({ accumulates }: MetricShape, { period }: When): number {
  const sinceApril = (monthOf(period).month + 8) % 12;
  if (accumulates === "year") return sinceApril + 1;
  if (accumulates === "quarter") return (sinceApril % 3) + 1;
  return accumulates === "rolling-12" ? 12 : 1;
}
