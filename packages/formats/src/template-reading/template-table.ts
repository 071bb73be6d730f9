import { type Frequency, nameOfPeriod, type Period } from "@signalbox/domain";
import { type Findings, isNote, isTooLong } from "../findings.ts";
import { FileRejected } from "../problem.ts";
import { patternOf } from "../template.ts";
import type { CellProblem } from "./column-sum.ts";
import type { CompiledMetric } from "./compiled-metric.ts";
import type { Figures } from "./figures.ts";
import { shortText, wholeText } from "./header-text.ts";
import { allHold, compiledFilters, type CompiledFilter } from "./row-filters.ts";
import { judgeTotals } from "./judged-totals.ts";
import { RowOrganisation } from "./row-organisation.ts";
import { type PeriodColumn, RowPeriod } from "./row-period.ts";
import { RowSums } from "./row-sums.ts";
import { TableMetrics } from "./table-metrics.ts";
import type { TableSetting } from "./table-setting.ts";
import type { SpanRead } from "./table-periods.ts";
import { TableOutcome } from "./table-outcome.ts";
import { CompiledTotals } from "./total-checks.ts";
import type { PassedRow } from "./trace.ts";

/** What the file's name says of the period, by frequency; null where it says nothing of one. */
export type PeriodSaid = (frequency: Frequency) => Period | null;

/** One table of a file: takes its rows, and gives canonical rows and problems. */
export class TemplateTable {
  readonly metrics: TableMetrics;
  readonly #setting: TableSetting;
  readonly #organisation: RowOrganisation;
  readonly #period: RowPeriod;
  readonly #said: PeriodSaid;
  readonly #passOver: readonly CompiledFilter[];
  readonly #keep: readonly CompiledFilter[];
  readonly #endsAt: readonly RegExp[];
  readonly #totals: readonly CompiledTotals[];
  readonly #sums = new Map<CompiledMetric, RowSums>();
  /** Of the metrics that only some rows give, those that a row gave. */
  readonly #met = new Set<CompiledMetric>();
  readonly #out: TableOutcome;
  readonly #names: Map<string, string> | null;
  readonly #name: number;
  /** A CSV row must be as long as its header; a workbook's ends with its last filled cell. */
  readonly #width: number | null;
  readonly #last: number;
  readonly #from: number;
  #ended = false;

  /** `names` takes the organisations' names, where notes may use them. Throws FileRejected for a table of no period. */
  constructor(setting: TableSetting, { said, names }: { said: PeriodSaid; names: Map<string, string> | null }) {
    const { template } = setting.reading;
    this.#setting = setting;
    this.#from = setting.reading.found.rows.length;
    this.#said = said;
    this.metrics = new TableMetrics(setting);
    this.#organisation = new RowOrganisation(template.organisation, setting);
    this.#period = new RowPeriod(template.period, setting, this.metrics.frequencies);
    this.#passOver = compiledFilters(template.passOver, setting.columns);
    this.#keep = compiledFilters(template.keep, setting.columns);
    this.#endsAt = template.endsAt.map(patternOf);
    this.#totals = template.totals.map((check) => new CompiledTotals(check, { template, columns: setting.columns }));
    this.#out = new TableOutcome(setting);
    const name = template.organisation.from === "cell" ? template.organisation.name : undefined;
    this.#name = name === undefined ? -1 : (setting.columns.get(name)?.places[0] ?? -1);
    this.#names = this.#name < 0 ? null : names;
    const { headers, columns, around } = setting;
    this.#width = around.sheet === "" ? 1 + Math.max(...headers.map(({ place }) => place)) : null;
    this.#last = Math.max(-1, ...[...columns.values()].flatMap(({ places }) => places));
  }

  /** Takes a row under the header. */
  onRow(cells: readonly string[], row: number): void {
    if (this.#ended || this.#endsHere(cells)) return this.#passed(cells, row, "after-the-end");
    if (isNote(cells)) return this.#passed(cells, row, "one-cell");
    const passed = this.#passOver.some((filter) => filter.holds(cells));
    const kept = !passed && allHold(this.#keep, cells);
    for (const total of this.#totals) total.onRow(cells, row, kept);
    if (!kept) return this.#passed(cells, row, passed ? "passed-over" : "not-kept");
    if (!this.#readRow(cells, row)) this.#passed(cells, row, "no-metric");
  }

  /** Adds what is summed over rows, and judges total rows. */
  end(): void {
    for (const sums of this.#sums.values()) for (const sum of sums.ended()) this.#out.addSum(sums.metric, sum);
    const { where, reading } = this.#setting;
    const { found, template } = reading;
    this.#sayWhatNoRowGave(found);
    const differing = this.#totals.flatMap((total) => total.end(where, found));
    const codeOf = (text: string): string => this.#organisation.codeOf(text);
    judgeTotals(differing, { template, rows: found.rows, from: this.#from, codeOf });
  }

  /** A publisher who calls a measure by another name must not make it vanish unsaid. */
  #sayWhatNoRowGave({ problems }: Findings): void {
    const { where } = this.#setting;
    const none = this.metrics.met().filter((metric) => metric.where.length > 0 && !this.#met.has(metric));
    if (none.length === 0) return;
    const codes = none.map(({ code }) => code).join(", ");
    const message = `${where}No row gives ${codes}: nothing is said of it, not even that it has no value. Has it another name in the file?`;
    problems.add("warning", "metric-not-in-file", message, { value: codes });
  }

  #readRow(cells: readonly string[], row: number): boolean {
    const named = this.metrics.of(cells);
    const tooLong = this.#lengthProblem(cells);
    const out = this.#out;
    out.begin(cells, row);
    if ("unknown" in named) {
      const { column, unknown } = named;
      const message = "This metric is not in the catalogue, and the template does not say what it is called there.";
      out.refuseAll(this.#valuesIn(cells), { place: -1, column, code: "unknown-metric", message, value: unknown });
      out.end();
      return true;
    }
    const organisation = tooLong === null ? this.#organisation.of(cells) : "";
    if (organisation !== "" && this.#names !== null) this.#names.set(wholeText(cells[this.#name] ?? ""), organisation);
    let gave = false;
    for (const { metric, place } of named) {
      if (metric.where.length > 0) {
        if (!allHold(metric.where, cells)) continue;
        this.#met.add(metric);
      }
      const { across } = this.#period;
      if (across === null) gave = this.#readOne({ metric, place, period: null }, organisation, tooLong) || gave;
      else
        for (const period of across)
          gave = this.#readOne({ metric, place: period.place, period }, organisation, tooLong) || gave;
    }
    out.end();
    return gave;
  }

  /** Reads one metric of a row, of one period; whether there is anything of it. */
  #readOne(
    { metric, place, period: column }: { metric: CompiledMetric; place: number | null; period: PeriodColumn | null },
    organisation: string,
    tooLong: CellProblem | null,
  ): boolean {
    const out = this.#out;
    const { cells } = out;
    if (place !== null && metric.saysNothing(cells[place] ?? "")) return false;
    const { frequency } = metric.notation;
    const { months } = metric.measure;
    const period: SpanRead =
      column === null ? this.#period.of(cells, frequency) : this.#period.periods.read(column.text, frequency);
    if (months !== undefined && period.months !== undefined && period.months !== months) return false;
    if (place !== null && "code" in period && period.code === "future-period" && metric.isBlank(cells[place] ?? ""))
      return false;
    const figures = out.figures(metric, place);
    if (tooLong !== null) {
      out.problems.splice(0, Infinity, tooLong);
      return out.refused();
    }
    if (organisation === "") {
      const at = this.#organisation.place;
      out.refuse({
        place: at,
        column: out.header(at),
        code: "no-organisation",
        message: "The row names no organisation.",
        value: "",
      });
    }
    if ("code" in period) {
      const value = column?.text ?? this.#period.text(cells);
      out.refuse({ place: -1, column: column?.header ?? this.#period.column, ...pick(period), value });
    }
    if (organisation === "" || "code" in period) return out.refused();
    this.#compareWithName(period.period, frequency);
    if (metric.measure.over === "rows") return this.#sum(metric, figures, { organisation, period: period.period });
    return out.add({ organisation, period: period.period }, figures);
  }

  #sum(
    metric: CompiledMetric,
    figures: Figures,
    { organisation, period }: { organisation: string; period: Period },
  ): boolean {
    let sums = this.#sums.get(metric);
    if (sums === undefined) {
      sums = new RowSums(metric);
      this.#sums.set(metric, sums);
    }
    sums.add({ organisation, period, row: this.#out.row }, figures, this.#out.problems);
    this.#out.summed();
    return true;
  }

  /** A file whose name says another period than its rows is not to be trusted at all. */
  #compareWithName(period: Period, frequency: Frequency): void {
    const said = this.#said(frequency);
    if (said === null || said === period) return;
    const message =
      `The file's name says ${nameOfPeriod(said, frequency)}, but row ${this.#out.row} is of ${nameOfPeriod(period, frequency)}. ` +
      "Rename the file or send the one that is meant.";
    throw new FileRejected("period-disagrees", message, this.#out.row);
  }

  /** How many values a row of an unknown metric would have given. */
  #valuesIn(cells: readonly string[]): number {
    const { across } = this.#period;
    return across === null ? 1 : across.filter(({ place }) => (cells[place]?.trim() ?? "") !== "").length;
  }

  #lengthProblem(cells: readonly string[]): CellProblem | null {
    const width = this.#width;
    if (width === null || (cells.length > this.#last && !isTooLong(cells, width))) return null;
    const under = `The row has ${cells.length} cells under ${width} headers`;
    const [code, message] = isTooLong(cells, width)
      ? ["too-many-cells", `${under}. Put quotes around a cell that holds a comma.`]
      : ["too-few-cells", `${under}: it ends too early.`];
    return { place: -1, column: "", code, message, value: "" };
  }

  #endsHere(cells: readonly string[]): boolean {
    if (this.#endsAt.length === 0) return false;
    const first = cells.find((cell) => cell.trim() !== "")?.trim() ?? "";
    this.#ended = this.#endsAt.some((end) => end.test(shortText(first)));
    return this.#ended;
  }

  #passed(cells: readonly string[], row: number, why: PassedRow["why"]): void {
    const { trace } = this.#setting.reading;
    if (trace === null || cells.every((cell) => cell.trim() === "")) return;
    const text = cells
      .map((cell) => cell.trim())
      .filter((cell) => cell !== "")
      .slice(0, 6)
      .join(" | ");
    trace.onPassed({ sheet: this.#setting.around.sheet, row, why, text });
  }
}

function pick({ code, message }: { code: string; message: string }): { code: string; message: string } {
  return { code, message };
}
