import { formatPeriod } from "@signalbox/domain";
import type { Figure } from "./figure.ts";
import { denominatorOf, type MetricShape, type Notation, type Shape, type When } from "./shape.ts";

export const HEADER = "period,organisation,metric,value,numerator,denominator,plan,comment";
const SCALE = ["Inadequate", "Requires improvement", "Good", "Outstanding"];

/** One line of a canonical submission without its line end; null where the organisation sent no row. */
export function row(
  metric: MetricShape,
  shape: Shape,
  { when, figure }: { when: When; figure: Figure },
): string | null {
  if (figure.kind === "absent") return null;
  const place = [formatPeriod(when.period, metric.frequency ?? "monthly"), shape.organisation, metric.metric];
  if (figure.kind === "cell") return [...place, figure.text, "", "", "", figure.comment].join(",");
  const { value } = figure;
  if (metric.written !== "share" && metric.written !== "rate") {
    return [...place, written(metric.written, value), "", "", "", ""].join(",");
  }
  const denominator = denominatorOf(metric.metric, shape, when);
  return [...place, "", ...fraction(metric.written, value, denominator), "", ""].join(",");
}

function fraction(notation: "share" | "rate", value: number, denominator: number): string[] {
  const numerator = Math.round(notation === "share" ? (denominator * value) / 100 : denominator * value);
  return [String(numerator), String(denominator)];
}

function written(notation: Exclude<Notation, "share" | "rate">, value: number): string {
  switch (notation) {
    case "percent":
      return `${value.toFixed(1)}%`;
    case "decimal":
      return value.toFixed(1);
    case "whole":
    case "volume":
      return String(value);
    case "duration":
      return Temporal.PlainTime.from("00:00").add({ seconds: value }).toString({ smallestUnit: "second" });
    case "money":
      return value >= 1_000_000 ? `£${(value / 1_000_000).toFixed(3)}m` : `£${value / 1000}k`;
    case "grade":
      return SCALE[value] ?? "TBC";
    case "yesno":
      return value === 1 ? "Yes" : "No";
  }
}
