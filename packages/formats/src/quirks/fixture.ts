import { formatPeriod } from "@signalbox/domain";
import type { CanonicalRow, MetricNotation } from "../canonical-row.ts";
import { type DrawnSheet, workbook } from "../national/testing/drawn-workbook.ts";
import type { ReadRequest, ReadResult } from "../read-result.ts";
import { parseTemplate, type Template } from "../template.ts";
import { reading } from "../testing.ts";

const of = (unit: MetricNotation["unit"], frequency: MetricNotation["frequency"] = "monthly"): MetricNotation => ({
  unit,
  scale: [],
  frequency,
});

/** The metrics of the quirks' little catalogue. */
export const quirkMetrics: ReadonlyMap<string, MetricNotation> = new Map([
  ["share", of("percent")],
  ["list", of("count")],
  ["long", of("count")],
  ["rate", of("rate")],
  ["response", of("duration")],
  ["cost", of("money")],
  ["beds", of("count", "quarterly")],
  ["occupancy", of("percent", "quarterly")],
]);

/** A template of a test, checked as one that is shipped is. */
export function templateOf(said: object): Template {
  const parsed = parseTemplate({ name: "quirk", title: "A quirk", ...said });
  if ("faults" in parsed) throw new Error(parsed.faults.join("\n"));
  return parsed.template;
}

/** Reads lines of CSV, or the sheets of a workbook, by a template that is named, on 10 July 2025. */
export async function read(
  file: readonly string[] | readonly DrawnSheet[],
  template: Template,
  given: Partial<ReadRequest> = {},
): Promise<ReadResult> {
  const bytes = isLines(file) ? [...file, ""].join("\r\n") : await workbook(...file);
  return reading(bytes, { template, metrics: quirkMetrics, now: "2025-07-10", ...given });
}

/** Rows as "period organisation metric = value", with a mark in brackets, or the reason for no value. */
export function told(result: ReadResult): string[] {
  return Array.from(result.rows, toldRow);
}

/** The codes of the problems, by row. */
export function problemsOf({ problems }: ReadResult): [number | null, string][] {
  return problems.map(({ row, code }) => [row, code]);
}

function toldRow({ period, organisation, metric, value, noValue, mark }: CanonicalRow): string {
  const frequency = quirkMetrics.get(metric)?.frequency ?? "monthly";
  const says = value === null ? `(${noValue})` : `${Number(value.toPrecision(12))}${mark === null ? "" : ` [${mark}]`}`;
  return `${formatPeriod(period, frequency)} ${organisation} ${metric} = ${says}`;
}

function isLines(file: readonly string[] | readonly DrawnSheet[]): file is readonly string[] {
  return typeof file[0] === "string";
}
