import type { Period } from "@signalbox/domain";
import type { CellProblem } from "./column-sum.ts";
import { act, type CheckedAt } from "./compiled-checks.ts";
import type { CompiledMetric } from "./compiled-metric.ts";
import { type Figures, noFigures, settleFigures } from "./figures.ts";
import { shortText } from "./header-text.ts";
import { Outcome } from "./outcome.ts";
import type { RowSum } from "./row-sums.ts";
import { headerAt, type TableSetting } from "./table-setting.ts";
import { tracedRow } from "./traced-row.ts";

export interface Where {
  organisation: string;
  period: Period;
}

interface Capped {
  act: "keep-out" | "mark";
  text: string;
}

/** Adds what a table's rows give to the findings, and counts every canonical row once: taken or refused. */
export class TableOutcome {
  cells: readonly string[] = [];
  row = 0;
  /** What is wrong with the metric that is being read. */
  readonly problems: CellProblem[] = [];
  readonly #setting: TableSetting;
  readonly #outcome = new Outcome();
  readonly #at: CheckedAt;
  /** What is wrong with the row, each column once. */
  readonly #wrong = new Map<string, CellProblem>();
  #metric: CompiledMetric | null = null;
  /** The cell of the value, where it is one. */
  #place: number | null = null;
  #capped: Capped | null = null;

  constructor(setting: TableSetting) {
    this.#setting = setting;
    this.#at = { row: 0, metric: "", where: setting.where };
  }

  header(place: number): string {
    return headerAt(this.#setting, place);
  }

  begin(cells: readonly string[], row: number): void {
    this.cells = cells;
    this.row = row;
  }

  /** A metric's turn; `place` is its column where periods or metrics stand across. Answers what its cells add up to. */
  figures(metric: CompiledMetric, place: number | null): Figures {
    this.#metric = metric;
    this.#place = place ?? metric.only;
    this.#capped = this.#cappedCell(metric);
    if (this.#capped !== null) return { ...noFigures(), value: numberIn(metric, this.#capped.text) };
    return place === null ? metric.read(this.cells, this.problems) : metric.readAt(place, this.cells, this.problems);
  }

  refuse(problem: CellProblem): void {
    this.problems.push(problem);
  }

  /** Counts the metric's row as refused for the problems that it has. */
  refused(): true {
    const { found } = this.#setting.reading;
    found.read++;
    found.refused++;
    this.#trace(null, this.problems[0]?.code ?? null);
    for (const problem of this.problems) this.#wrong.set(problem.column, problem);
    this.problems.length = 0;
    return true;
  }

  /** Counts `rows` canonical rows as refused for one problem. */
  refuseAll(rows: number, problem: CellProblem): void {
    const { found } = this.#setting.reading;
    found.read += rows;
    found.refused += rows;
    this.#wrong.set(problem.column, problem);
    const { reading, around } = this.#setting;
    const nothing = { cells: [], period: null, organisation: null, value: null, noValue: null, mark: null };
    const at = { sheet: around.sheet, row: this.row, metric: problem.value, refused: problem.code };
    reading.trace?.onRow({ ...nothing, ...at });
  }

  /** Adds the metric's row, or counts it as refused where its cells are wrong. */
  add(at: Where, figures: Figures): true {
    const metric = this.#metric;
    if (metric === null || this.problems.length > 0) return this.refused();
    const outcome = this.#outcome;
    const impossible = settleFigures(metric.notation, figures, { outcome, takesAway: takesAway(metric) });
    if (impossible !== null) {
      this.refuse({ place: -1, column: this.#columnOf(metric), ...impossible });
      return this.refused();
    }
    const text = this.#place === null ? "" : (this.cells[this.#place] ?? "");
    outcome.bare = this.#place !== null && !Number.isNaN(figures.value) && this.#capped === null && metric.isBare(text);
    this.#check(metric, this.cells, this.row);
    this.#take(metric, { ...at, row: this.row }, figures);
    return true;
  }

  /** Leaves the metric's row to a sum over rows, which is counted when it is whole. */
  summed(): void {
    this.problems.length = 0;
  }

  /** Reports what is wrong with the row. */
  end(): void {
    if (this.#wrong.size === 0) return;
    const { where, reading } = this.#setting;
    for (const { column, code, message, value } of this.#wrong.values()) {
      const at = { row: this.row, column: column || null, value: column ? value : null };
      reading.found.problems.add("error", code, where + message, at);
    }
    this.#wrong.clear();
  }

  /** Adds the sum over an organisation's rows; a wrong cell in any of them refuses it. */
  addSum(metric: CompiledMetric, { organisation, period, row, figures, counted, wrong }: RowSum): void {
    const { reading, where } = this.#setting;
    const outcome = this.#outcome;
    this.begin([], row);
    this.#metric = metric;
    this.#place = null;
    this.#capped = null;
    const impossible =
      wrong.length > 0 ? null : settleFigures(metric.notation, figures, { outcome, takesAway: takesAway(metric) });
    if (wrong.length === 0 && impossible === null) {
      this.#check(metric, this.cells, row);
      this.#take(metric, { organisation, period, row }, figures);
      return;
    }
    reading.found.read++;
    reading.found.refused++;
    this.#trace({ organisation, period }, wrong[0]?.code ?? impossible?.code ?? null);
    const refused = ` The sum of ${metric.code} over the rows of ${organisation} is refused.`;
    for (const { column, code, message, value, row: at } of wrong)
      reading.found.problems.add("error", code, where + message + refused, { row: at, column, value });
    if (impossible !== null) {
      const { code, message, value } = impossible;
      const at = { row, column: this.#columnOf(metric), value };
      reading.found.problems.add("error", code, `${where}${message}${refused} It has ${counted} rows.`, at);
    }
  }

  #take(metric: CompiledMetric, at: Where & { row: number }, { plan, comment }: Figures): void {
    const { value, noValue, mark, numerator, denominator, bare } = this.#outcome;
    const row = { ...at, metric: metric.code, value, noValue, mark, numerator, denominator, plan, comment };
    const { found } = this.#setting.reading;
    found.read++;
    found.rows.add(row, bare);
    this.#trace(at, null);
  }

  #check(metric: CompiledMetric, cells: readonly string[], row: number): void {
    const { problems } = this.#setting.reading.found;
    const at = this.#at;
    at.row = row;
    at.metric = metric.code;
    if (this.#capped !== null) {
      const { act: then, text } = this.#capped;
      const message = `${text} is cut off for show.`;
      const column = this.#place === null ? null : this.header(this.#place);
      act(then, this.#outcome, { code: "capped", message, column, value: text }, { at, problems });
    }
    for (const check of metric.checks) check(this.#outcome, cells, at, problems);
  }

  #cappedCell({ capped }: CompiledMetric): Capped | null {
    if (capped.length === 0 || this.#place === null) return null;
    const text = this.cells[this.#place]?.trim() ?? "";
    const known = capped.find(({ pattern }) => pattern.test(shortText(text)));
    return known === undefined ? null : { act: known.act, text };
  }

  #columnOf({ numerator, value }: CompiledMetric): string {
    const sum = numerator ?? value;
    const place = sum?.minus[0] ?? sum?.plus[0] ?? this.#place;
    return place === null ? "" : this.header(place);
  }

  #trace(at: Where | null, refused: string | null): void {
    const { reading, around } = this.#setting;
    const metric = this.#metric;
    if (reading.trace === null || metric === null) return;
    const { cells, row } = this;
    const places = this.#place === null ? metric.places() : [this.#place];
    const where = { sheet: around.sheet, row, cells, places };
    reading.trace.onRow(tracedRow(where, { metric, at, outcome: this.#outcome, refused }));
  }
}

function takesAway({ numerator }: CompiledMetric): boolean {
  return numerator !== null && numerator.minus.length > 0;
}

/** What a capped cell counts as: what the check says, or the number in it. */
function numberIn({ capped }: CompiledMetric, text: string): number {
  const reads = capped.find(({ pattern }) => pattern.test(shortText(text)))?.reads;
  return reads ?? Number(/\d+(?:\.\d+)?/.exec(text.replaceAll(",", ""))?.[0]);
}
