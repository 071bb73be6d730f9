import { countedUp, plannedAlone } from "./plan.ts";
import { denominatorOf, usualFigure, type MetricShape, type Shape, type When } from "./shape.ts";
import { stories, USUAL, type Story, type Told } from "./stories.ts";

/** What one series says in one period. */
export type Figure =
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "cell"; readonly text: string; readonly comment: string }
  | { readonly kind: "absent" };

/** The figure of a series in a period: what its story says, else what it usually is; counted up where it accumulates. */
export function figureOf(metric: MetricShape, shape: Shape, when: When): Figure {
  const story = storyOf(metric.metric, shape.organisation);
  const told = tellingOf(story, when);
  if (told === "absent") return { kind: "absent" };
  if (typeof told === "string" && told !== USUAL) return { kind: "cell", text: told, comment: story?.comment ?? "" };
  return { kind: "value", value: countedUp(metric, when, (earlier) => alone(metric, shape, earlier)) };
}

function alone(metric: MetricShape, shape: Shape, when: When): number {
  const story = storyOf(metric.metric, shape.organisation);
  const told = tellingOf(story, when);
  if (metric.counts !== undefined) return denominatorOf(metric.counts, shape, when);
  if (typeof told !== "number") return rounded(metric, usualFigure(metric.metric, shape, when));
  const plan = plannedAlone(shape, when) ?? 0;
  if (story?.against === "plan-points") return plan + told;
  return rounded(metric, story?.against === "plan-percent" ? plan * (1 + told / 100) : told);
}

function storyOf(metric: string, organisation: string): Story | undefined {
  return stories.find((story) => story.metric === metric && story.organisation === organisation);
}

function tellingOf(story: Story | undefined, { ago }: When): Told {
  return story?.latest[story.latest.length - 1 - ago] ?? USUAL;
}

function rounded({ written }: MetricShape, figure: number): number {
  if (written === "whole" || written === "duration") return Math.max(0, Math.round(figure));
  if (written === "money") return Math.round(figure / 1000) * 1000;
  return written === "percent" || written === "share" ? Math.min(100, figure) : figure;
}
