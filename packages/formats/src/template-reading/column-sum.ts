import type { Sum } from "../template.ts";
import type { CellReader } from "./cell-reader.ts";
import type { FoundColumns } from "./find-columns.ts";

/** A cell that is wrong. */
export interface CellProblem {
  place: number;
  column: string;
  code: string;
  message: string;
  value: string;
}

/** Columns of one table that are added up, less those that are taken away. What a row gives is left in its fields. */
export class ColumnSum {
  readonly plus: readonly number[];
  readonly minus: readonly number[];
  readonly #reader: CellReader;
  readonly #headerOf: (place: number) => string;

  /** The sum; NaN where there is none. */
  value = Number.NaN;
  /** Why there is none. */
  none: string | null = null;
  mark: string | null = null;
  /** Whether every cell was one that counts for nothing. */
  nothing = false;
  #counted = 0;
  #skipped: string | null = null;

  constructor(
    { plus, minus }: { plus: readonly number[]; minus: readonly number[] },
    reader: CellReader,
    headerOf: (place: number) => string,
  ) {
    this.plus = plus;
    this.minus = minus;
    this.#reader = reader;
    this.#headerOf = headerOf;
  }

  /** Adds up a row; cells that are wrong are added to `problems`. */
  of(cells: readonly string[], problems: CellProblem[]): void {
    this.none = null;
    this.mark = null;
    this.#counted = 0;
    this.#skipped = null;
    this.nothing = false;
    const before = problems.length;
    const total = this.#part(this.plus, cells, problems) - this.#part(this.minus, cells, problems);
    this.value = this.#hasNone() || problems.length > before ? Number.NaN : total;
  }

  #hasNone(): boolean {
    if (this.none !== null) return true;
    if (this.plus.length === 0) this.none = "not in the file";
    this.nothing = this.plus.length > 0 && this.#counted === 0 && this.#skipped !== null;
    if (this.nothing) this.none = this.#skipped;
    return this.none !== null;
  }

  #part(places: readonly number[], cells: readonly string[], problems: CellProblem[]): number {
    const reader = this.#reader;
    let total = 0;
    for (let at = 0; at < places.length; at++) {
      const place = places[at] ?? -1;
      const text = cells[place] ?? "";
      const whole = reader.whole(text);
      if (whole >= 0) {
        total += whole;
        this.#counted++;
        continue;
      }
      const { value, none, skipped, mark, problem } = reader.read(text);
      if (problem !== null) problems.push({ place, column: this.#headerOf(place), ...problem, value: text.trim() });
      else if (skipped) this.#skipped ??= none;
      else if (none !== null) this.none ??= none;
      else {
        total += value;
        this.#counted++;
        this.mark ??= mark;
      }
    }
    return total;
  }
}

/** The places of a sum's columns in this file; columns that it lacks count for nothing. */
export function placesOfSum({ plus, minus }: Sum, columns: FoundColumns): { plus: number[]; minus: number[] } {
  const places = (names: readonly string[]): number[] => names.flatMap((name) => columns.get(name)?.places ?? []);
  return { plus: places(plus), minus: places(minus) };
}
