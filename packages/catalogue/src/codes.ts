import type { Cells } from "./cells.ts";
import { quoted } from "./cells.ts";
import { suggestion } from "./nearest.ts";

interface Known<Row> {
  readonly line: number;
  readonly row: Row | null;
}

/**
 * The codes that a file defines. A row that makes no sense is known by its code alone, and of a file that could not be
 * read every code may be one: neither makes further problems elsewhere.
 */
export class Codes<Row> {
  readonly #known = new Map<string, Known<Row>>();
  readonly #what: string;
  whole = true;

  constructor(what: string) {
    this.#what = what;
  }

  /** The codes of a catalogue that is in force. */
  static of<Row extends { readonly code: string }>(what: string, rows: Iterable<Row>): Codes<Row> {
    const codes = new Codes<Row>(what);
    for (const row of rows) codes.#known.set(row.code, { line: 1, row });
    return codes;
  }

  /** Takes a row's code, null where the row makes no sense; a code given twice is a problem of the second row. */
  add<Column extends string>(
    cells: Cells<Column>,
    column: Column,
    { code, row }: { code: string; row: Row | null },
  ): void {
    const first = this.#known.get(code);
    if (first !== undefined) cells.problem(column, `${quoted(code)} is given twice, first in line ${first.line}`);
    else this.#known.set(code, { line: cells.line, row });
  }

  get(code: string): Row | null {
    return this.#known.get(code)?.row ?? null;
  }

  lineOf(code: string): number {
    return this.#known.get(code)?.line ?? 1;
  }

  has(code: string): boolean {
    return this.#known.has(code);
  }

  rows(): Row[] {
    return [...this.#known.values()].flatMap(({ row }) => (row === null ? [] : [row]));
  }

  /** The code in a cell if it is known, else null with a problem; null for an empty cell. */
  in<Column extends string>(cells: Cells<Column>, column: Column): string | null {
    const code = cells.text(column);
    if (code === null || !this.whole || this.#known.has(code)) return code;
    return cells.problem(column, () => this.unknown(code));
  }

  /** As `in`, where an empty cell is a problem too. */
  neededIn<Column extends string>(cells: Cells<Column>, column: Column): string | null {
    return cells.needed(column) === null ? null : this.in(cells, column);
  }

  unknown(code: string): string {
    return `unknown ${this.#what} ${quoted(code)}${suggestion(code, this.#known.keys())}`;
  }
}
