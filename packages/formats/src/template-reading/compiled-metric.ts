import type { MetricNotation } from "../canonical-row.ts";
import { partNotation } from "../settled-value.ts";
import type { Measure, Sum, Template } from "../template.ts";
import { type Meanings, meaningsOf } from "./cell-meanings.ts";
import { CellReader } from "./cell-reader.ts";
import { type CellProblem, ColumnSum, placesOfSum } from "./column-sum.ts";
import { type CappedCell, type CompiledCheck, cappedCells, compiledChecks } from "./compiled-checks.ts";
import { type Figures, noFigures } from "./figures.ts";
import type { FoundColumns } from "./find-columns.ts";
import { type CompiledFilter, compiledFilters } from "./row-filters.ts";

/** What a metric is compiled for: one table of one file. */
export interface MetricTable {
  template: Template;
  columns: FoundColumns;
  headerOf: (place: number) => string;
}

/** A metric made ready for one table: which cells it adds up, how they are written, and what is checked of it. */
export class CompiledMetric {
  readonly code: string;
  readonly notation: MetricNotation;
  readonly measure: Measure;
  readonly where: readonly CompiledFilter[];
  readonly means: Meanings;
  readonly checks: readonly CompiledCheck[];
  readonly capped: readonly CappedCell[];
  /** The one cell that holds the value, where it is one. */
  readonly only: number | null;
  readonly value: ColumnSum | null;
  readonly numerator: ColumnSum | null;
  readonly denominator: ColumnSum | null;
  readonly #table: MetricTable;
  readonly #cell: CellReader;
  readonly #plan: number;
  readonly #comment: number;
  readonly #at = new Map<number, ColumnSum>();
  readonly #figures = noFigures();

  constructor(code: string, notation: MetricNotation, { measure, table }: { measure: Measure; table: MetricTable }) {
    const { columns, template } = table;
    this.code = code;
    this.notation = notation;
    this.measure = measure;
    this.#table = table;
    this.means = meaningsOf(template.means, measure.means);
    this.where = compiledFilters(measure.where, columns);
    this.capped = cappedCells(measure.checks);
    const { fractions, scale } = measure;
    this.#cell = new CellReader({ value: notation, fractions, scale, means: this.means });
    const places = measure.value && placesOfSum(measure.value, columns);
    const single = places?.plus.length === 1 && places.minus.length === 0 && isOneColumn(measure.value, template);
    this.only = single ? (places.plus[0] ?? null) : null;
    const valueIn = this.only === null ? null : table.headerOf(this.only);
    this.checks = compiledChecks(measure.checks, { columns, notation, means: this.means, valueIn });
    this.value = places ? (single ? this.#sum(places, this.#cell) : this.#parts(measure.value, "value")) : null;
    this.numerator = this.#parts(measure.numerator, "numerator");
    this.denominator = this.#parts(measure.denominator, "denominator");
    this.#plan = columns.get(measure.plan ?? "")?.places[0] ?? -1;
    this.#comment = columns.get(measure.comment ?? "")?.places[0] ?? -1;
  }

  /** Whether the file has columns of it. Where it lacks all that a template calls optional, nobody has answered. */
  get isInFile(): boolean {
    const has = (sum: ColumnSum | null): boolean => sum !== null && sum.plus.length > 0;
    const { value, numerator, denominator } = this;
    const standsAcross = value === null && numerator === null;
    return standsAcross || has(value) || (has(numerator) && has(denominator));
  }

  /** Reads a row's columns; the answer is used again for the next row. Cells that are wrong are added to `problems`. */
  read(cells: readonly string[], problems: CellProblem[]): Figures {
    return this.#read(this.value, cells, problems);
  }

  /** Reads the cell in this place as the value: where periods or metrics stand across. */
  readAt(place: number, cells: readonly string[], problems: CellProblem[]): Figures {
    let sum = this.#at.get(place);
    if (sum === undefined) {
      sum = this.#sum({ plus: [place], minus: [] }, this.#cell);
      this.#at.set(place, sum);
    }
    return this.#read(sum, cells, problems);
  }

  /** The cells that it adds up. */
  places(): number[] {
    return [this.value, this.numerator, this.denominator].flatMap((sum) =>
      sum === null ? [] : [...sum.plus, ...sum.minus],
    );
  }

  /** Whether a cell says nothing at all: empty, and the template gives an empty cell no meaning. */
  saysNothing(text: string): boolean {
    return text.trim() === "" && !this.means.has("");
  }

  /** Whether a cell holds no number, whatever the template takes that for, without being wrong. */
  isBlank(text: string): boolean {
    return text.trim() === "" || this.#cell.read(text).none !== null;
  }

  /** Whether a text is a bare number, of which it is a guess whether it is a fraction. */
  isBare(text: string): boolean {
    const { fractions, scale } = this.measure;
    return !fractions && scale === 1 && !text.trimEnd().endsWith("%");
  }

  #read(value: ColumnSum | null, cells: readonly string[], problems: CellProblem[]): Figures {
    const figures = this.#figures;
    const { numerator, denominator } = this;
    value?.of(cells, problems);
    numerator?.of(cells, problems);
    denominator?.of(cells, problems);
    figures.value = value?.value ?? Number.NaN;
    figures.numerator = numerator?.value ?? Number.NaN;
    figures.denominator = denominator?.value ?? Number.NaN;
    figures.none = value?.none ?? numerator?.none ?? denominator?.none ?? null;
    figures.nothing = (value ?? numerator)?.nothing === true && (denominator?.nothing ?? true);
    figures.mark = value?.mark ?? null;
    figures.plan = this.#plan < 0 ? null : this.#planIn(cells[this.#plan] ?? "", problems);
    figures.comment = this.#comment < 0 ? null : cells[this.#comment]?.trim() || null;
    return figures;
  }

  #planIn(text: string, problems: CellProblem[]): number | null {
    const { value, problem } = this.#cell.read(text);
    const place = this.#plan;
    if (problem !== null) problems.push({ place, column: this.#table.headerOf(place), ...problem, value: text.trim() });
    return Number.isNaN(value) ? null : value;
  }

  #sum(places: { plus: readonly number[]; minus: readonly number[] }, reader: CellReader): ColumnSum {
    return new ColumnSum(places, reader, this.#table.headerOf);
  }

  #parts(sum: Sum | undefined, part: "value" | "numerator" | "denominator"): ColumnSum | null {
    if (sum === undefined) return null;
    const value = partNotation(part === "denominator" ? "count" : this.notation.unit);
    const { fractions, scale } = this.measure;
    const ofValue = part === "value" ? { fractions, scale } : { fractions: false, scale: 1 };
    return this.#sum(placesOfSum(sum, this.#table.columns), new CellReader({ value, ...ofValue, means: this.means }));
  }
}

/** Whether a sum names one column that is one: a pattern's columns are added up however many there are. */
function isOneColumn(sum: Sum | undefined, { columns }: Template): boolean {
  const spec = columns[sum?.plus[0] ?? ""];
  return sum?.plus.length === 1 && spec !== undefined && "headers" in spec;
}
