/** What is wrong, and where: `line` counts from 1 with the header, `column` is the header's name (or the key in JSON). */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly message: string;
}

/** The line a person reads: `file:line: column: message`. */
export function formatProblem({ file, line, column, message }: Problem): string {
  return `${file}:${line}: ${column}: ${message}`;
}

const SHOWN_OF_A_FILE = 1000;

/** Problems as they are found, in order of line; a file with very many is cut short, and the last line says so. */
export class FileProblems {
  readonly file: string;
  readonly #problems: Problem[] = [];
  #more = 0;

  constructor(file: string) {
    this.file = file;
  }

  /** True once no further problem of this file is shown, so that a costly message need not be made. */
  get full(): boolean {
    return this.#problems.length >= SHOWN_OF_A_FILE;
  }

  add(line: number, column: string, message: string): void {
    if (this.full) this.#more += 1;
    else this.#problems.push({ file: this.file, line, column, message });
  }

  all(): readonly Problem[] {
    const sorted = this.#problems.toSorted((a, b) => a.line - b.line);
    const last = sorted.at(-1);
    if (this.#more === 0 || last === undefined) return sorted;
    return [...sorted, { ...last, column: "file", message: `${this.#more} more problems in this file are not shown` }];
  }
}
