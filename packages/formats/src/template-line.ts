import type { MetricNotation } from "./canonical-row.ts";
import { type Findings, isNote, isTooLong } from "./findings.ts";
import type { PeriodReader, ReadPeriod } from "./period-reader.ts";
import type { Template, TemplateMetric } from "./template.ts";
import type { TemplateColumns } from "./template-header.ts";
import { observe } from "./template-observation.ts";
import { type CellProblem, TemplateRow } from "./template-value.ts";
import { periodInCell } from "./text-around.ts";

/** A template made ready for one file. */
export interface Rules {
  template: Template;
  metrics: { template: TemplateMetric; notation: MetricNotation }[];
  periods: PeriodReader;
  cellPattern: RegExp | null;
  passOver: { column: string; pattern: RegExp }[];
  endsAt: RegExp[];
}

/** What the header and the text above it say of the rows below. */
export interface Table {
  columns: TemplateColumns;
  width: number;
  /** The last place that a row must reach. */
  last: number;
  /** The period of the whole file, where a cell does not say it. */
  period: string | null;
  issued: string | null;
}

/** Adds one canonical row a metric to the findings, or counts it as refused; totals and notes are no rows. */
export function readTemplateRow(
  rules: Rules,
  table: Table,
  { cells, row }: { cells: readonly string[]; row: number },
  found: Findings,
): void {
  const line = new TemplateRow(rules.template, table.columns, cells);
  if (isNote(cells) || rules.passOver.some(({ column, pattern }) => pattern.test(line.text(column)))) return;
  found.read += rules.metrics.length;
  const wrong = new Map<string, CellProblem>();
  const length = lengthProblem(cells, table);
  const organisation = organisationOf(rules.template, line);
  const periods = periodsOf(rules, table, line);
  if (length !== null) wrong.set("", length);
  else {
    if (organisation === "") {
      const column = line.header(rules.template.organisation.column);
      wrong.set(column, { column, code: "no-organisation", message: "The row names no organisation.", value: "" });
    }
    for (const period of periods.values()) {
      if (!("code" in period)) continue;
      const problem = periodProblem(rules.template, table, line, period);
      wrong.set(problem.column, problem);
    }
  }
  for (const { template, notation } of length === null ? rules.metrics : []) {
    const seen = observe(template, notation, line);
    for (const problem of seen.problems) wrong.set(problem.column, problem);
    const period = periods.get(notation.frequency);
    if (organisation === "" || seen.observed === null || period === undefined || "code" in period) continue;
    if (seen.suspicion !== null) {
      const { column, says, value } = seen.suspicion;
      const message = `${template.metric} is kept out as no value: ${says}`;
      found.problems.add("warning", "suspect", message, { row, column, value });
    }
    const where = {
      row,
      period: period.period,
      organisation,
      metric: template.metric,
      plan: null,
      comment: null,
      mark: null,
    };
    found.rows.add({ ...where, ...seen.observed }, seen.bare);
    found.refused--;
  }
  found.refused += rules.metrics.length;
  for (const { column, code, message, value } of wrong.values()) {
    found.problems.add("error", code, message, { row, column: column || null, value: column ? value : null });
  }
}

function organisationOf({ organisation: { column, codes } }: Template, line: TemplateRow): string {
  const code = line.text(column);
  return Object.hasOwn(codes, code) ? (codes[code] ?? code) : code;
}

/** The row's period by each frequency that the template's metrics have. */
function periodsOf(rules: Rules, table: Table, line: TemplateRow): Map<MetricNotation["frequency"], ReadPeriod> {
  const { template, periods, cellPattern } = rules;
  const cell = template.period.from === "cell" ? line.text(template.period.column) : (table.period ?? "");
  const text = cellPattern === null ? cell : periodInCell(cell, cellPattern);
  const message = `The template ${template.name} does not understand this as a period.`;
  const read = (frequency: MetricNotation["frequency"]): ReadPeriod =>
    text === null ? { code: "bad-period", message } : periods.read(text, frequency);
  return new Map(rules.metrics.map(({ notation: { frequency } }) => [frequency, read(frequency)]));
}

function periodProblem(
  { period }: Template,
  table: Table,
  line: TemplateRow,
  { code, message }: { code: string; message: string },
): CellProblem {
  if (period.from !== "cell") return { column: period.from, code, message, value: table.period ?? "" };
  return { column: line.header(period.column), code, message, value: line.text(period.column) };
}

function lengthProblem(cells: readonly string[], { width, last }: Table): CellProblem | null {
  const under = `The row has ${cells.length} cells under ${width} headers`;
  if (isTooLong(cells, width)) {
    const message = `${under}. Put quotes around a cell that holds a comma.`;
    return { column: "", code: "too-many-cells", message, value: "" };
  }
  if (cells.length > last) return null;
  return { column: "", code: "too-few-cells", message: `${under}: it ends too early.`, value: "" };
}
