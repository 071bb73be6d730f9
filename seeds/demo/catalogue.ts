import { readdirSync, readFileSync } from "node:fs";
import { formatPeriod, type Period } from "@signalbox/domain";
import { planned } from "./plan.ts";
import { DEFINITION_CHANGED_AGO, type MetricShape, usualFigure, type When } from "./shape.ts";
import { everyMetric } from "./shapes/every-metric.ts";
import { periodAgo, span } from "./span.ts";

const FOLDER = new URL("./catalogue/", import.meta.url);
const MONTHS_AHEAD = 6;
const REGION = "Region";

/** The files of the catalogue by name: those of the folder, and in them what is dated by the last month. */
export function catalogueOf(last: Period): Map<string, string> {
  const month = (ago: number): string => formatPeriod((last - ago) as Period, "monthly");
  const files = new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(new URL(name, FOLDER), "utf8")]));
  const change = (name: string, edit: (text: string) => string): unknown =>
    files.set(name, edit(files.get(name) ?? ""));
  change("metrics.csv", (text) =>
    text.replace(/^(cancer-fds,.*),\d{4}-\d\d,/m, `$1,${month(DEFINITION_CHANGED_AGO)},`),
  );
  change("thresholds.csv", (text) => text + datedThresholds(month));
  change("plans.csv", (text) => text + plans(last));
  change("comparators.csv", (text) => text + comparators(last));
  return files;
}

function datedThresholds(month: (ago: number) => string): string {
  const tighter = month(11);
  const redefined = month(DEFINITION_CHANGED_AGO);
  const own = month(5);
  return [
    `ae-4h,,provider,value,78,72,${tighter},,approved,${tighter}-15,UEC ${tighter}`,
    `ae-4h,STH,,value,74,68,${own},,approved,${own}-15,UEC ${own}`,
    `cancer-fds,,,value,76,70,${redefined},,approved,${redefined}-20,Elective ${redefined}`,
    "",
  ].join("\n");
}

function plans(last: Period): string {
  return everyMetric
    .filter((metric) => metric.shapes.some((shape) => shape.planned !== undefined))
    .flatMap((metric) => whenPlanned(last).flatMap((when) => plansOf(metric, when)))
    .join("");
}

/** What is published of the region around the system. */
function comparators(last: Period): string {
  return everyMetric
    .flatMap(({ metric, region }) =>
      region === undefined
        ? []
        : span(last, "monthly").map((when) => {
            const value = usualFigure(metric, { organisation: REGION, ...region }, when);
            return `${metric},${REGION},${formatPeriod(when.period, "monthly")},${value.toFixed(1)}\n`;
          }),
    )
    .join("");
}

function whenPlanned(last: Period): When[] {
  const ahead = Array.from({ length: MONTHS_AHEAD }, (_, i) => periodAgo(last, "monthly", -1 - i));
  return [...span(last, "monthly"), ...ahead];
}

function plansOf(metric: MetricShape, when: When): string[] {
  const line = (organisation: string, value: number): string =>
    `${metric.metric},${organisation},${formatPeriod(when.period, "monthly")},${Number(value.toFixed(1))}\n`;
  const own = metric.shapes.map((shape) => ({ shape, value: planned(metric, shape, when) ?? 0 }));
  const lines = own.map(({ shape, value }) => line(shape.organisation, value));
  if (metric.shapes.length === 1) return lines;
  const total = own.reduce((sum, { value }) => sum + value, 0);
  const cases = own.reduce((sum, { shape }) => sum + (shape.of ?? 0), 0);
  const average = own.reduce((sum, { shape, value }) => sum + value * (shape.of ?? 0), 0) / cases;
  const together = metric.written === "share" ? average : total;
  return [...lines, line("WMR", together * (metric.systemPlan ?? 1))];
}
