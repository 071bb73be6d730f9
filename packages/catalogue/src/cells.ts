import { type Frequency, type Period, parsePeriod } from "@signalbox/domain";
import { z } from "zod";
import { suggestion } from "./nearest.ts";
import type { FileProblems } from "./problem.ts";
import { unescaped } from "./written-cells.ts";

const CONTROL = /[^\P{Cc}\t\r\n]/u;
const LINE_BREAK = /[\r\n]/;
const email = z.email().max(254);

/**
 * The row at hand, its cells by column. Each reader reports what is wrong at the cell and then gives null, so that a row's
 * problems are found all at once. One object serves every row of a file.
 */
export class Cells<Column extends string> {
  line = 0;
  #row: readonly string[] = [];
  readonly #places: ReadonlyMap<Column, number>;
  readonly #width: number;
  readonly #problems: FileProblems;
  readonly #faulty = new Set<Column>();

  /** `places` says at which of the header's `width` cells each column stands, -1 for one that was left out. */
  constructor({ places, width }: { places: ReadonlyMap<Column, number>; width: number }, problems: FileProblems) {
    this.#places = places;
    this.#width = width;
    this.#problems = problems;
  }

  /** Turns to the next row; false, with a problem, for one that goes on past the header and so cannot be read. */
  turnTo(line: number, row: readonly string[]): boolean {
    this.line = line;
    this.#row = row;
    this.#faulty.clear();
    if (row.length <= this.#width || row.slice(this.#width).every((cell) => cell.trim() === "")) return true;
    const message = `the row has ${row.length} cells, the header ${this.#width}; a cell with a comma must be quoted`;
    this.#problems.add(line, "file", message);
    return false;
  }

  /** Whether the row had a problem so far. */
  get faulty(): boolean {
    return this.#faulty.size > 0;
  }

  /** Reports a problem of this row, the first of each cell; gives null. The message is only made if it will be shown. */
  problem(column: Column, message: string | (() => string)): null {
    if (this.#faulty.has(column)) return null;
    this.#faulty.add(column);
    const text = typeof message === "string" ? message : this.#problems.full ? "" : message();
    this.#problems.add(this.line, column, text);
    return null;
  }

  /** Prose as it stands, line breaks included; "" for none. */
  prose(column: Column): string {
    const text = unescaped((this.#row[this.#places.get(column) ?? -1] ?? "").trim());
    if (!CONTROL.test(text)) return text;
    this.problem(column, "the cell holds a control character");
    return "";
  }

  /** One line of text; null for none. */
  text(column: Column): string | null {
    const raw = this.#row[this.#places.get(column) ?? -1] ?? "";
    if (raw === "") return null;
    if (LINE_BREAK.test(raw)) return this.problem(column, "the cell holds a line break");
    return this.prose(column) || null;
  }

  /** One line of text that must be there. */
  needed(column: Column): string | null {
    return this.text(column) ?? this.problem(column, "is empty");
  }

  /** A code of one's own: it stands in addresses and folder names, so some characters are not taken. */
  newCode(column: Column): string | null {
    const code = this.needed(column);
    if (code === null) return null;
    if (code.length > 64) return this.problem(column, "a code has at most 64 characters");
    if (/^\.|[/\\|;,"?#%*]/.test(code)) {
      return this.problem(
        column,
        `${quoted(code)} is no code: it must not begin with a point or hold / \\ | ; , " ? # % *`,
      );
    }
    return code;
  }

  /** One of a few words, in any case. */
  choice<const Choice extends string>(column: Column, choices: readonly Choice[], otherwise?: Choice): Choice | null {
    const text = otherwise === undefined ? this.needed(column) : (this.text(column) ?? otherwise);
    if (text === null) return null;
    const found = choices.find((choice) => choice === text.toLowerCase());
    return (
      found ??
      this.problem(column, () => `${quoted(text)} is none of ${choices.join(", ")}${suggestion(text, choices)}`)
    );
  }

  /** A whole number within bounds; null for none. */
  integer(column: Column, least: number, most: number): number | null {
    const text = this.text(column);
    if (text === null) return null;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    return this.problem(column, `${quoted(text)} is no whole number from ${least} to ${most}`);
  }

  /** A day as "YYYY-MM-DD", from 2024-03-31 or 31/03/2024; null for none. */
  day(column: Column): string | null {
    const text = this.text(column);
    if (text === null) return null;
    const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
    const iso = year === undefined ? text : `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
    return z.iso.date().safeParse(iso).success
      ? iso
      : this.problem(column, `${quoted(text)} is no day such as 2024-03-31`);
  }

  /** A period; null for none. */
  period(column: Column, frequency: Frequency): Period | null {
    const text = this.text(column);
    if (text === null) return null;
    const period = parsePeriod(text, frequency);
    if (period !== null) return period;
    if (frequency === "monthly") return this.problem(column, `${quoted(text)} is no month such as 2024-03`);
    return this.problem(
      column,
      `${quoted(text)} is no quarter such as 2023/24 Q4, nor its first month such as 2024-01`,
    );
  }

  /** A month that begins or ends a range, for a quarterly metric also a quarter, which counts by its first month. */
  month(column: Column, frequency: Frequency): Period | null {
    const text = this.text(column);
    if (text === null) return null;
    const month = parsePeriod(text, "monthly") ?? (frequency === "quarterly" ? parsePeriod(text, frequency) : null);
    return month ?? this.problem(column, `${quoted(text)} is no month such as 2024-03`);
  }

  /** An e-mail address in lower case; null for none. */
  email(column: Column): string | null {
    const text = this.text(column);
    if (text === null) return null;
    return email.safeParse(text).success
      ? text.toLowerCase()
      : this.problem(column, `${quoted(text)} is no e-mail address`);
  }
}

/** A cell's text as a message shows it, cut short where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
