import type { Cells } from "./cells.ts";

/** Finds rows that say of one thing what an earlier row of their file said. */
export class Repeats {
  readonly #lines = new Map<string, number>();
  readonly #same: string;

  /** `same` names what may be given once, such as "metric and organisation". */
  constructor(same: string) {
    this.#same = same;
  }

  /** Whether the row's key was there before; then that is a problem at the column. */
  has<Column extends string>(cells: Cells<Column>, column: Column, key: readonly unknown[]): boolean {
    const text = JSON.stringify(key);
    const first = this.#lines.get(text);
    if (first === undefined) this.#lines.set(text, cells.line);
    else cells.problem(column, `the same ${this.#same} as in line ${first}`);
    return first !== undefined;
  }
}
