import { type ParsedValue, parseValue } from "@signalbox/domain";
import type { CanonicalRow, MetricNotation } from "./canonical-row.ts";
import { type Findings, isNote, isTooLong } from "./findings.ts";
import type { PeriodReader } from "./period-reader.ts";
import type { ProblemList } from "./problem.ts";
import { differsBeyondDigits, partNotation, ratioOf, settle } from "./settled-value.ts";

export const CANONICAL_COLUMNS = [
  "period",
  "organisation",
  "metric",
  "value",
  "numerator",
  "denominator",
  "plan",
  "comment",
] as const;
export type Column = (typeof CANONICAL_COLUMNS)[number];

export interface CanonicalHeader {
  /** How many cells the header has. */
  width: number;
  places: Partial<Record<Column, number>>;
}

/** One row under a canonical header. */
export class CanonicalLine {
  readonly #header: CanonicalHeader;
  readonly #cells: readonly string[];
  readonly #row: number;
  readonly #problems: ProblemList;
  #faults = 0;

  constructor(header: CanonicalHeader, line: { cells: readonly string[]; row: number }, problems: ProblemList) {
    this.#header = header;
    this.#cells = line.cells;
    this.#row = line.row;
    this.#problems = problems;
  }

  /** Adds the row to the findings, or counts it as refused with every cell that is wrong; totals and notes are no rows. */
  readInto(found: Findings, metrics: ReadonlyMap<string, MetricNotation>, periods: PeriodReader): void {
    if (this.#isNoRow(periods)) return;
    found.read++;
    const code = this.#text("metric");
    const metric = metrics.get(code);
    this.#checkLength();
    if (metric === undefined && this.#faults === 0) {
      this.#fault("metric", "unknown-metric", "This metric is not in the catalogue.", code);
    }
    const read = metric === undefined || this.#faults > 0 ? null : this.#observation(code, metric, periods);
    if (read === null) found.refused++;
    else found.rows.add(read.observation, read.bare);
  }

  #observation(
    code: string,
    metric: MetricNotation,
    periods: PeriodReader,
  ): { observation: CanonicalRow; bare: boolean } | null {
    const period = periods.read(this.#text("period"), metric.frequency);
    if ("code" in period) this.#fault("period", period.code, period.message, this.#text("period"));
    const organisation = this.#text("organisation");
    if (organisation === "") this.#fault("organisation", "no-organisation", "The row names no organisation.", "");
    const numerator = this.#number("numerator", partNotation(metric.unit));
    const denominator = this.#number("denominator", partNotation("count"));
    const plan = this.#number("plan", metric);
    const written = this.#text("value");
    const given = parseValue(written, metric);
    if (given.kind === "problem") this.#fault("value", given.code, given.message, written);
    else this.#compare(metric, given, numerator, denominator);
    if (this.#faults > 0 || "code" in period || given.kind === "problem") return null;
    const settled = settle(metric.unit, given, { numerator, denominator });
    const where = { row: this.#row, period: period.period, organisation, metric: code };
    const observation = { ...where, ...settled, numerator, denominator, plan, comment: this.#text("comment") || null };
    return { observation, bare: given.kind === "value" && !written.endsWith("%") };
  }

  /** Warns of a value that its numerator and denominator do not give. */
  #compare(
    { unit }: MetricNotation,
    given: Exclude<ParsedValue, { kind: "problem" }>,
    ...[numerator, denominator]: (number | null)[]
  ): void {
    if (numerator === null || denominator === null || numerator === undefined || denominator === undefined) return;
    const ratio = ratioOf(unit, numerator, denominator);
    if (ratio === null) return;
    if (!Number.isFinite(ratio)) {
      const message = "The numerator is too large for this denominator.";
      this.#fault("denominator", "not-a-number", message, this.#text("denominator"));
    } else if (given.kind === "value" && differsBeyondDigits(this.#text("value"), given.value, ratio)) {
      const message = `The value counts, but numerator and denominator give ${Number(ratio.toPrecision(12))}.`;
      const at = { row: this.#row, column: "value", value: this.#text("value") };
      this.#problems.add("warning", "value-differs", message, at);
    }
  }

  #number(column: Column, notation: Parameters<typeof parseValue>[1]): number | null {
    const text = this.#text(column);
    if (text === "") return null;
    const parsed = parseValue(text, notation);
    if (parsed.kind === "problem") this.#fault(column, parsed.code, parsed.message, text);
    return parsed.kind === "value" ? parsed.value : null;
  }

  #isNoRow(periods: PeriodReader): boolean {
    const period = this.#text("period");
    if (isTotal(period) || isTotal(this.#text("organisation"))) return true;
    return isNote(this.#cells) && !periods.understands(period);
  }

  /** A row must hold its codes and a value, or what a value is computed from, and nothing beyond its header. */
  #checkLength(): void {
    const { width, places } = this.#header;
    const { length } = this.#cells;
    const under = `The row has ${length} cells under ${width} headers`;
    const has = (column: Column): boolean => (places[column] ?? Infinity) < length;
    const codes = has("period") && has("organisation") && has("metric");
    if (isTooLong(this.#cells, width)) {
      this.#fault(null, "too-many-cells", `${under}. Put quotes around a cell that holds a comma.`, null);
    } else if (!codes || !(has("value") || (has("numerator") && has("denominator")))) {
      this.#fault(null, "too-few-cells", `${under} and ends before its value.`, null);
    }
  }

  #text(column: Column): string {
    return this.#cells[this.#header.places[column] ?? -1]?.trim() ?? "";
  }

  #fault(column: Column | null, code: string, message: string, value: string | null): void {
    this.#faults++;
    this.#problems.add("error", code, message, { row: this.#row, column, value });
  }
}

function isTotal(text: string): boolean {
  return text.length <= 12 && /^(?:grand )?total$/i.test(text);
}
