import { parseValue, type ValueNotation } from "@signalbox/domain";
import type { Sum, Template, TemplateMetric } from "./template.ts";
import type { TemplateColumns } from "./template-header.ts";

/** What one row says of some columns: their sum, why there is none, or the cells that are wrong. */
export type SumRead =
  | { kind: "value"; value: number }
  | { kind: "none"; reason: string }
  | { kind: "problems"; cells: CellProblem[] };

/** What makes a value suspect, and the cell that shows it. */
export interface Suspicion {
  column: string;
  says: string;
  value: string;
}

export interface CellProblem {
  column: string;
  code: string;
  message: string;
  value: string;
}

/** One row of a table, as a template's columns see it. */
export class TemplateRow {
  readonly #template: Template;
  readonly #columns: TemplateColumns;
  readonly #cells: readonly string[];

  constructor(template: Template, columns: TemplateColumns, cells: readonly string[]) {
    this.#template = template;
    this.#columns = columns;
    this.#cells = cells;
  }

  /** The header of a column in this file; our own name for it where the file lacks it. */
  header(column: string): string {
    return this.#columns.get(column)?.header ?? column;
  }

  /** A cell as text, without blanks around it; "" where the file lacks the column. */
  text(column: string): string {
    return this.#cells[this.#columns.get(column)?.place ?? -1]?.trim() ?? "";
  }

  /** Adds up columns; those that this file lacks count for nothing, and "-" and "" as the template says. */
  sum({ plus, minus }: Sum, notation: ValueNotation, fractions = false): SumRead {
    const wrong: CellProblem[] = [];
    let reason: string | null = null;
    let total = 0;
    for (const [columns, sign] of [
      [plus, 1],
      [minus, -1],
    ] as const) {
      for (const column of columns) {
        if (!this.#columns.has(column)) continue;
        const read = this.#number(column, notation, fractions);
        if (typeof read === "number") total += sign * read;
        else if (typeof read === "string") reason ??= read;
        else wrong.push(read);
      }
    }
    if (wrong.length > 0) return { kind: "problems", cells: wrong };
    if (reason === null && !plus.some((column) => this.#columns.has(column))) reason = "not in the file";
    return reason === null ? { kind: "value", value: total } : { kind: "none", reason };
  }

  /** What is suspect about a metric in this row; null where nothing is. */
  suspicion({ suspect }: TemplateMetric): Suspicion | null {
    for (const { all, says } of suspect) {
      const holds = all.every(({ column, atLeast = -Infinity, atMost = Infinity, equals }) => {
        const value = this.#number(column, { unit: "count", scale: [] }, false);
        return typeof value === "number" && value >= atLeast && value <= atMost && (equals ?? value) === value;
      });
      const last = all.at(-1);
      if (holds && last) return { column: this.header(last.column), says, value: this.text(last.column) };
    }
    return null;
  }

  /** A cell's number, why it has none, or what is wrong with it. */
  #number(column: string, notation: ValueNotation, fractions: boolean): number | string | CellProblem {
    const text = this.text(column);
    const parsed = parseValue(text, notation);
    if (parsed.kind === "value") return fractions && !text.endsWith("%") ? inPoints(text, parsed.value) : parsed.value;
    if (parsed.kind === "problem") {
      return { column: this.header(column), code: parsed.code, message: parsed.message, value: text };
    }
    const meaning = text === "" ? this.#template.empty : /^[-–]$/.test(text) ? this.#template.dash : "no-value";
    return meaning === "zero" ? 0 : parsed.reason;
  }
}

/** 100 times a fraction, moved by its decimal point where possible: 0.29 x 100 is not 29 in doubles. */
function inPoints(text: string, fraction: number): number {
  return /^-?\d*\.?\d+$/.test(text) ? Number(`${text}e2`) : 100 * fraction;
}
