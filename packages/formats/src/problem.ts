/** What is wrong with a file, a row or a cell, in the shape of contract section 7. */
export interface Problem {
  row: number | null;
  column: string | null;
  code: string;
  message: string;
  value: string | null;
  severity: "error" | "warning";
}

/** A file that is refused whole; `row` where one row is to blame. */
export class FileRejected extends Error {
  readonly code: string;
  readonly row: number | null;

  constructor(code: string, message: string, row: number | null = null) {
    super(message);
    this.name = "FileRejected";
    this.code = code;
    this.row = row;
  }
}

const LISTED = 10_000;
const LONGEST_VALUE = 200;

/** Problems in the order found. Past 10,000 they are only counted, so that a bad file of a million rows stays small. */
export class ProblemList {
  readonly #listed: Problem[] = [];
  #unlisted = 0;

  add(
    severity: Problem["severity"],
    code: string,
    message: string,
    at: Partial<Pick<Problem, "row" | "column" | "value">>,
  ): void {
    if (this.#listed.length >= LISTED) {
      this.#unlisted++;
      return;
    }
    const { row = null, column = null, value = null } = at;
    this.#listed.push({
      row,
      column: column && shortened(column),
      code,
      message,
      value: value && shortened(value),
      severity,
    });
  }

  /** Adds a problem unless just the same is listed already. */
  addOnce(...[severity, code, message, at]: Parameters<ProblemList["add"]>): void {
    const { row = null } = at;
    const said = this.#listed.some((one) => one.code === code && one.message === message && one.row === row);
    if (!said) this.add(severity, code, message, at);
  }

  /** The code of the error that was found last. */
  lastCode(): string | null {
    return this.#listed.findLast(({ severity }) => severity === "error")?.code ?? null;
  }

  /** All that is listed, by row, and one last problem that says how many are not. */
  all(): Problem[] {
    const listed = this.#listed.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0));
    if (this.#unlisted === 0) return listed;
    const message = `${this.#unlisted} more problems are not listed.`;
    return [...listed, { row: null, column: null, code: "more-problems", message, value: null, severity: "warning" }];
  }
}

/** A cell as it stood, cut to what a page can show. */
export function shortened(text: string): string {
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}
