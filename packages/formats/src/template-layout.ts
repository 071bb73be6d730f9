import type { ValueNotation } from "@signalbox/domain";
import type { MetricNotation } from "./canonical-row.ts";
import { type Findings, isNote, isTooLong, type Layout } from "./findings.ts";
import { isBlank } from "./header.ts";
import { PeriodReader, type ReadPeriod } from "./period-reader.ts";
import { FileRejected } from "./problem.ts";
import type { ReadRequest } from "./read-result.ts";
import { partNotation, ratioOf } from "./settled-value.ts";
import { patternOf, type Template, type TemplateMetric } from "./template.ts";
import { columnsIn, HeaderSearch, lacking, type TemplateColumns } from "./template-header.ts";
import { type CellProblem, type SumRead, TemplateRow } from "./template-value.ts";
import { issuedAround, periodAround, periodInCell } from "./text-around.ts";

interface Table {
  columns: TemplateColumns;
  width: number;
  /** The last place that a row must reach. */
  last: number;
  /** The period of the whole file, where a cell does not say it. */
  period: string | null;
  issued: string | null;
}

/** Another's layout, as a template describes it; one row of the file may give several canonical rows. */
export function templateLayout(request: ReadRequest, template: Template, found: Findings): Layout {
  const rules = compiled(request, template, found);
  const search = new HeaderSearch();
  const headings: string[] = [];
  let table: Table | null = null;
  let ended = false;
  return {
    onRow(cells, row) {
      if (ended || isBlank(cells)) return;
      if (table !== null) {
        ended = rules.endsAt.some((end) => end.test(cells.find((cell) => cell.trim() !== "")?.trim() ?? ""));
        if (!ended) readRow(rules, table, { cells, row }, found);
        return;
      }
      if (row > template.headerWithin) throw search.rejection() ?? noHeader(template);
      const missing = lacking(template, cells, row);
      if (missing.length === 0) {
        table = tableUnder(template, columnsIn(template, cells, row, found), cells.length, {
          filename: request.filename,
          headings,
        });
      } else {
        search.passed(cells, row, missing);
        headings.push(
          cells
            .map((cell) => cell.trim())
            .join(" ")
            .trim(),
        );
      }
    },
    end() {
      if (table === null) throw search.rejection() ?? noHeader(template);
    },
    issued: () => table?.issued ?? null,
  };
}

interface Rules {
  template: Template;
  metrics: { template: TemplateMetric; notation: MetricNotation }[];
  periods: PeriodReader;
  cellPattern: RegExp | null;
  passOver: { column: string; pattern: RegExp }[];
  endsAt: RegExp[];
}

function compiled({ metrics, now }: ReadRequest, template: Template, found: Findings): Rules {
  const { period, passOver, endsAt } = template;
  const known: Rules["metrics"] = [];
  for (const of of template.metrics) {
    const notation = metrics.get(of.metric);
    if (notation !== undefined) known.push({ template: of, notation });
    else
      found.problems.add(
        "warning",
        "unknown-metric",
        "The template's metric is not in the catalogue and is left out.",
        { value: of.metric },
      );
  }
  if (known.length === 0) {
    throw new FileRejected(
      "unknown-metric",
      `None of the metrics of the template ${template.name} is in the catalogue.`,
    );
  }
  return {
    template,
    metrics: known,
    periods: new PeriodReader(now),
    cellPattern: period.from === "cell" && period.pattern !== undefined ? patternOf(period.pattern) : null,
    passOver: passOver.map(({ column, pattern }) => ({ column, pattern: patternOf(pattern) })),
    endsAt: endsAt.map(patternOf),
  };
}

function tableUnder(
  template: Template,
  columns: TemplateColumns,
  width: number,
  around: Parameters<typeof issuedAround>[1],
): Table {
  const { period } = template;
  const ofFile = period.from === "cell" ? null : periodAround(period.from, period.pattern, around);
  if (period.from !== "cell" && ofFile === null) {
    const where = period.from === "filename" ? "file's name" : "lines above the header";
    throw new FileRejected(
      "no-period",
      `The ${where} must say which period this is, as the template ${template.name} expects.`,
    );
  }
  const last = Math.max(...[...columns.values()].map(({ place }) => place));
  return { columns, width, last, period: ofFile, issued: issuedAround(template, around) };
}

function readRow(
  rules: Rules,
  table: Table,
  { cells, row }: { cells: readonly string[]; row: number },
  found: Findings,
): void {
  const { template, metrics } = rules;
  const line = new TemplateRow(template, table.columns, cells);
  if (isNote(cells) || rules.passOver.some(({ column, pattern }) => pattern.test(line.text(column)))) return;
  found.read += metrics.length;
  const faults: CellProblem[] = [];
  const whole = lengthFault(cells, table);
  if (whole !== null) {
    found.problems.add("error", whole.code, whole.message, { row });
    found.refused += metrics.length;
    return;
  }
  const { column, codes } = template.organisation;
  const code = line.text(column);
  const organisation = Object.hasOwn(codes, code) ? (codes[code] ?? code) : code;
  if (organisation === "") {
    faults.push({
      column: line.header(column),
      code: "no-organisation",
      message: "The row names no organisation.",
      value: "",
    });
  }
  const periods = new Map(
    metrics.map(({ notation }) => [notation.frequency, periodOfRow(rules, table, line, notation)]),
  );
  for (const read of new Set(periods.values())) {
    if (!("code" in read)) continue;
    const { period } = template;
    const [header, value] =
      period.from === "cell" ? [line.header(period.column), line.text(period.column)] : ["", table.period ?? ""];
    faults.push({ column: header, code: read.code, message: read.message, value });
  }
  for (const fault of faults) report(fault, row, found);
  for (const metric of metrics) {
    const period = periods.get(metric.notation.frequency);
    const complete = addRow(metric, line, { row, organisation, period }, found);
    if (!complete) found.refused++;
  }
}

/** Adds the row of one metric; false where it is refused. Every wrong cell is reported. */
function addRow(
  { template, notation }: Rules["metrics"][number],
  line: TemplateRow,
  { row, organisation, period }: { row: number; organisation: string; period: ReadPeriod | undefined },
  found: Findings,
): boolean {
  const part = partNotation(notation.unit);
  const read = (sum: TemplateMetric["value"], as: ValueNotation, fractions = false): SumRead | null =>
    sum ? line.sum(sum, as, fractions) : null;
  const single = template.value?.plus.length === 1 && template.value.minus.length === 0;
  const given = read(template.value, single ? notation : part, template.fractions);
  const numerator = read(template.numerator, part);
  const denominator = read(template.denominator, partNotation("count"));
  const cells = [given, numerator, denominator].flatMap((sum) => (sum?.kind === "problems" ? sum.cells : []));
  for (const cell of new Map(cells.map((problem) => [problem.column, problem])).values()) report(cell, row, found);
  if (cells.length > 0 || period === undefined || "code" in period || organisation === "") return false;
  const where = { row, period: period.period, organisation, metric: template.metric, plan: null, comment: null };
  const doubt = line.suspicion(template);
  if (doubt !== null) {
    const { column, says, value } = doubt;
    found.problems.add("warning", "suspect", `${template.metric} is kept out as no value: ${says}`, {
      row,
      column,
      value,
    });
    found.rows.add({ ...where, value: null, noValue: "suspect", numerator: null, denominator: null }, false);
    return true;
  }
  const settled = settledOf(notation, given, numerator, denominator);
  const parts = { numerator: numberOf(numerator), denominator: numberOf(denominator) };
  if ((parts.numerator ?? 0) < 0) {
    const message = "What is taken away is more than what it is taken from.";
    found.problems.add("error", "negative-count", message, {
      row,
      column: template.metric,
      value: String(parts.numerator),
    });
    return false;
  }
  found.rows.add({ ...where, ...settled, ...parts }, given?.kind === "value");
  return true;
}

function settledOf(
  { unit }: MetricNotation,
  ...[given, numerator, denominator]: (SumRead | null)[]
): { value: number | null; noValue: string | null } {
  if (given?.kind === "value") return { value: given.value, noValue: null };
  const over = numberOf(numerator ?? null);
  const under = numberOf(denominator ?? null);
  if (over === null || under === null) {
    const reason = [given, numerator, denominator].find((sum) => sum?.kind === "none");
    return { value: null, noValue: reason?.kind === "none" ? reason.reason : "empty" };
  }
  const value = ratioOf(unit, over, under);
  return value === null ? { value, noValue: "denominator 0" } : { value, noValue: null };
}

function numberOf(sum: SumRead | null): number | null {
  return sum?.kind === "value" ? sum.value : null;
}

function periodOfRow(
  { periods, cellPattern, template }: Rules,
  table: Table,
  line: TemplateRow,
  { frequency }: MetricNotation,
): ReadPeriod {
  const cell = template.period.from === "cell" ? line.text(template.period.column) : (table.period ?? "");
  if (cellPattern === null) return periods.read(cell, frequency);
  const text = periodInCell(cell, cellPattern);
  if (text !== null) return periods.read(text, frequency);
  return { code: "bad-period", message: `The template ${template.name} does not understand this as a period.` };
}

function lengthFault(cells: readonly string[], { width, last }: Table): { code: string; message: string } | null {
  const under = `The row has ${cells.length} cells under ${width} headers`;
  if (isTooLong(cells, width))
    return { code: "too-many-cells", message: `${under}. Put quotes around a cell that holds a comma.` };
  return cells.length <= last ? { code: "too-few-cells", message: `${under}: it ends too early.` } : null;
}

function report({ column, code, message, value }: CellProblem, row: number, found: Findings): void {
  found.problems.add("error", code, message, { row, column: column || null, value });
}

function noHeader({ name, headerWithin }: Template): FileRejected {
  return new FileRejected(
    "missing-columns",
    `None of the first ${headerWithin} rows is the header that the template ${name} looks for.`,
  );
}
