import type { Findings, Layout } from "./findings.ts";
import { FileRejected } from "./problem.ts";
import type { SheetSeen, TableSink } from "./reader.ts";

/** A layout that the file may have, with what it has found so far. */
export interface Candidate {
  readonly layout: Layout;
  readonly found: Findings;
  /** Why the file is of no use by it. */
  failed: FileRejected | null;
}

/** Said of a header that is another's. */
const OTHER_HEADER = new Set(["missing-columns", "wrong-separator", "empty-file"]);
/** Said of a file that has the header and not what the template needs beside it. */
const OF_NO_USE = new Set(["unknown-metric", "no-period", "no-organisation"]);

/** Hands a file's rows to all layouts that it may have, in one pass, and says which it has. */
export class LayoutChoice implements TableSink {
  readonly #candidates: readonly Candidate[];
  #wanting: Candidate[] = [];
  #active: Candidate[] = [];
  #isOnlySheet = false;

  constructor(candidates: readonly Candidate[]) {
    this.#candidates = candidates;
  }

  wants(sheet: SheetSeen): boolean {
    this.#isOnlySheet = sheet.name === "";
    this.#wanting = this.#candidates.filter(({ failed, layout }) => failed === null && layout.wants(sheet));
    this.#active = this.#wanting;
    return this.#wanting.length > 0;
  }

  onRow(cells: readonly string[], row: number, hidden: boolean): void {
    let idle = false;
    for (const candidate of this.#active) {
      try {
        candidate.layout.onRow(cells, row, hidden);
        idle ||= candidate.layout.idle;
      } catch (error) {
        candidate.failed = fileRejected(error);
        idle = true;
      }
    }
    if (!idle) return;
    this.#active = this.#active.filter(({ failed, layout }) => failed === null && !layout.idle);
    if (this.#isOnlySheet && this.#active.length === 0) throw this.#noneIsLeft();
  }

  sheetEnds(): void {
    for (const candidate of this.#wanting) {
      if (candidate.failed === null) attempt(candidate, () => candidate.layout.sheetEnds());
    }
  }

  warn(code: string, message: string): void {
    for (const { found } of this.#candidates) found.problems.add("warning", code, message, {});
  }

  /** The candidate that the file has. Throws FileRejected where none fits or several do. */
  chosen(): Candidate {
    const [only, ...others] = this.#candidates;
    if (only !== undefined && others.length === 0) return only;
    const [canonical] = this.#candidates.filter(({ layout }) => layout.name === null);
    if (canonical !== undefined && hasHeader(canonical)) return canonical;
    const having = this.#candidates.filter((candidate) => candidate !== canonical && hasHeader(candidate));
    const usable = having.filter(({ failed }) => failed === null || !OF_NO_USE.has(failed.code));
    const [first, second] = usable.length > 0 ? usable : having;
    if (first !== undefined && second === undefined) return first;
    if (first === undefined) throw noneFits(this.#candidates, canonical);
    const names = (usable.length > 0 ? usable : having).map(({ layout }) => layout.name).join(", ");
    const message = `Several templates fit this file: ${names}. Send it again and name the one that is meant.`;
    throw new FileRejected("several-templates", message);
  }

  /** Stops the reading of a file of which no layout can make anything. */
  #noneIsLeft(): FileRejected {
    const { failed, layout } = this.chosen();
    return failed ?? layout.rejection();
  }
}

function hasHeader({ layout, failed }: Candidate): boolean {
  return layout.fits || (failed !== null && !OTHER_HEADER.has(failed.code));
}

function noneFits(candidates: readonly Candidate[], canonical: Candidate | undefined): FileRejected {
  const rejected = canonical?.failed ?? canonical?.layout.rejection();
  if (rejected !== undefined && rejected.code === "wrong-separator") return rejected;
  const [nearest] = candidates
    .filter(({ layout }) => layout.name !== null && layout.had > 0)
    .toSorted((one, other) => other.layout.had - one.layout.had);
  const said = rejected?.message ?? "The file has nothing but blank lines.";
  if (nearest === undefined) return rejected ?? new FileRejected("empty-file", said);
  const { name } = nearest.layout;
  const message = `${said} Nor does a template fit; ${name} comes nearest. ${nearest.layout.rejection().message}`;
  return new FileRejected("missing-columns", message, rejected?.row ?? null);
}

function attempt(candidate: Candidate, act: () => void): void {
  try {
    act();
  } catch (error) {
    candidate.failed = fileRejected(error);
  }
}

function fileRejected(error: unknown): FileRejected {
  if (error instanceof FileRejected) return error;
  throw error;
}
