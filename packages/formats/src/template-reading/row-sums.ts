import type { Period } from "@signalbox/domain";
import type { CellProblem } from "./column-sum.ts";
import type { CompiledMetric } from "./compiled-metric.ts";
import { type Figures, noFigures } from "./figures.ts";

/** What the rows of one organisation and period add up to. */
export interface RowSum {
  organisation: string;
  period: Period;
  /** The first row. */
  row: number;
  figures: Figures;
  /** How many rows gave figures, and what those that gave none said. */
  counted: number;
  nothing: string | null;
  wrong: (CellProblem & { row: number })[];
}

const MOST_WRONG = 20;

/** The sums of one metric over the rows of each organisation and period. */
export class RowSums {
  readonly metric: CompiledMetric;
  readonly #byPeriod = new Map<Period, Map<string, RowSum>>();
  #period: Period | null = null;
  #ofPeriod = new Map<string, RowSum>();

  constructor(metric: CompiledMetric) {
    this.metric = metric;
  }

  /** Adds a row's figures; cells that are wrong leave the sum without a value. */
  add(
    at: { organisation: string; period: Period; row: number },
    figures: Figures,
    problems: readonly CellProblem[],
  ): void {
    const sum = this.#sumOf(at);
    const total = sum.figures;
    if (figures.nothing && problems.length === 0) {
      sum.nothing ??= figures.none;
      return;
    }
    sum.counted++;
    total.value += figures.value;
    total.numerator += figures.numerator;
    total.denominator += figures.denominator;
    total.none ??= figures.none;
    total.mark ??= figures.mark;
    total.comment ??= figures.comment;
    for (const problem of problems) {
      // The same cell may stand in numerator and denominator.
      const known = sum.wrong.some(({ row, place }) => row === at.row && place === problem.place);
      if (!known && sum.wrong.length < MOST_WRONG) sum.wrong.push({ ...problem, row: at.row });
    }
  }

  /** The sums, by their first rows. Where no row gave figures, the sum has none. */
  ended(): RowSum[] {
    const sums = [...this.#byPeriod.values()].flatMap((ofPeriod) => [...ofPeriod.values()]);
    for (const { counted, nothing, figures, wrong } of sums) {
      if (counted > 0 || wrong.length > 0) continue;
      Object.assign(figures, noFigures(), { none: nothing });
    }
    return sums.toSorted((one, other) => one.row - other.row);
  }

  #sumOf({ organisation, period, row }: { organisation: string; period: Period; row: number }): RowSum {
    if (this.#period !== period) {
      this.#period = period;
      this.#ofPeriod = this.#byPeriod.get(period) ?? new Map<string, RowSum>();
      this.#byPeriod.set(period, this.#ofPeriod);
    }
    let sum = this.#ofPeriod.get(organisation);
    if (sum === undefined) {
      const { value, numerator, denominator } = this.metric;
      const start = (part: unknown): number => (part === null ? Number.NaN : 0);
      const figures = {
        ...noFigures(),
        value: start(value),
        numerator: start(numerator),
        denominator: start(denominator),
      };
      sum = { organisation, period, row, figures, counted: 0, nothing: null, wrong: [] };
      this.#ofPeriod.set(organisation, sum);
    }
    return sum;
  }
}
