import { parseValue } from "@signalbox/domain";
import type { MetricNotation } from "./canonical-row.ts";
import { type Findings, isNote, isTooLong, type Layout } from "./findings.ts";
import { isBlank, missingColumns, placesOf, refuseTwice } from "./header.ts";
import { PeriodReader, type ReadPeriod } from "./period-reader.ts";
import { FileRejected } from "./problem.ts";
import type { ReadRequest } from "./read-result.ts";
import { differsBeyondDigits, partNotation, ratioOf, settle } from "./settled-value.ts";

const COLUMNS = ["period", "organisation", "metric", "value", "numerator", "denominator", "plan", "comment"] as const;
const TOO_SMALL = "The numerator is too large for this denominator.";
type Column = (typeof COLUMNS)[number];

interface Header {
  width: number;
  places: Partial<Record<Column, number>>;
}

/** The canonical file: one row an observation, columns in any order (contract section 5). */
export function canonicalLayout({ metrics, now }: ReadRequest, found: Findings): Layout {
  const periods = new PeriodReader(now);
  let header: Header | null = null;
  return {
    onRow(cells, row) {
      if (header !== null) readRow({ header, cells, row, metrics, periods }, found);
      else if (!isBlank(cells)) header = readHeader(cells, row, found);
    },
    end() {
      if (header === null) throw new FileRejected("empty-file", "The file has nothing but blank lines.");
    },
    issued: () => null,
  };
}

function readHeader(cells: readonly string[], row: number, found: Findings): Header {
  const known = placesOf(cells, row);
  const has = (column: Column): boolean => known.has(column);
  const missing: string[] = (["period", "organisation", "metric"] as const).filter((column) => !has(column));
  if (!has("value") && !(has("numerator") && has("denominator"))) missing.push("value");
  if (missing.length > 0) throw missingColumns(missing, cells, row);
  refuseTwice(cells, new Set(COLUMNS), row);
  for (const [header, place] of known) {
    if (COLUMNS.some((column) => column === header)) continue;
    const name = cells[place]?.trim() ?? header;
    found.problems.add("warning", "unknown-column", "This column is not known and is ignored.", { row, column: name });
  }
  return { width: cells.length, places: Object.fromEntries(COLUMNS.map((column) => [column, known.get(column)])) };
}

interface Line {
  header: Header;
  cells: readonly string[];
  row: number;
  metrics: ReadonlyMap<string, MetricNotation>;
  periods: PeriodReader;
}

function readRow(line: Line, found: Findings): void {
  const { cells, row, header, metrics, periods } = line;
  const text = (column: Column): string => cells[header.places[column] ?? -1]?.trim() ?? "";
  const codes = { period: text("period"), organisation: text("organisation"), metric: text("metric") };
  if (isNote(cells) && !isPeriod(codes.period, periods)) return;
  if (isTotal(codes.period) || isTotal(codes.organisation)) return;
  found.read++;
  let faulty = false;
  const fault = (column: Column | null, code: string, message: string, value: string | null): void => {
    faulty = true;
    found.problems.add("error", code, message, { row, column, value });
  };

  if (isTooLong(cells, header.width)) {
    fault(
      null,
      "too-many-cells",
      `The row has ${cells.length} cells under ${header.width} headers. Put quotes around a cell that holds a comma.`,
      null,
    );
  } else if (!reaches(cells.length, header)) {
    fault(
      null,
      "too-few-cells",
      `The row has ${cells.length} cells under ${header.width} headers and ends before its value.`,
      null,
    );
  }
  const metric = metrics.get(codes.metric);
  if (!faulty && metric === undefined)
    fault("metric", "unknown-metric", "This metric is not in the catalogue.", codes.metric);
  if (faulty || metric === undefined) {
    found.refused++;
    return;
  }

  const period = periods.read(codes.period, metric.frequency);
  if ("code" in period) fault("period", period.code, period.message, codes.period);
  if (codes.organisation === "") fault("organisation", "no-organisation", "The row names no organisation.", "");
  const number = (column: "numerator" | "denominator" | "plan"): number | null => {
    const cell = text(column);
    if (cell === "") return null;
    const parsed = parseValue(
      cell,
      column === "plan" ? metric : partNotation(column === "numerator" ? metric.unit : "count"),
    );
    if (parsed.kind === "problem") fault(column, parsed.code, parsed.message, cell);
    return parsed.kind === "value" ? parsed.value : null;
  };
  const parts = { numerator: number("numerator"), denominator: number("denominator") };
  const plan = number("plan");
  const written = text("value");
  const given = parseValue(written, metric);
  if (given.kind === "problem") fault("value", given.code, given.message, written);
  const { numerator, denominator } = parts;
  const ratio = numerator === null || denominator === null ? null : ratioOf(metric.unit, numerator, denominator);
  if (ratio !== null && !Number.isFinite(ratio)) fault("denominator", "not-a-number", TOO_SMALL, text("denominator"));
  if (faulty || "code" in period || given.kind === "problem") {
    found.refused++;
    return;
  }
  const { organisation, metric: code } = codes;
  if (given.kind === "value" && ratio !== null && differsBeyondDigits(written, given.value, ratio)) {
    const message = `The value counts, but numerator and denominator give ${Number(ratio.toPrecision(12))}.`;
    found.problems.add("warning", "value-differs", message, { row, column: "value", value: written });
  }
  const bare = given.kind === "value" && !written.endsWith("%");
  const comment = text("comment") || null;
  const settled = settle(metric.unit, given, parts);
  found.rows.add({ row, period: period.period, organisation, metric: code, ...settled, ...parts, plan, comment }, bare);
}

/** Whether a row is long enough to hold its codes and a value, or what a value is computed from. */
function reaches(length: number, { places }: Header): boolean {
  const has = (column: Column): boolean => (places[column] ?? Infinity) < length;
  const codes = has("period") && has("organisation") && has("metric");
  return codes && (has("value") || (has("numerator") && has("denominator")));
}

function isPeriod(text: string, periods: PeriodReader): boolean {
  const understood = (read: ReadPeriod): boolean => !("code" in read) || read.code !== "bad-period";
  return understood(periods.read(text, "monthly")) || understood(periods.read(text, "quarterly"));
}

function isTotal(text: string): boolean {
  return text.length <= 12 && /^(?:grand )?total$/i.test(text);
}
