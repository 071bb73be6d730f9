import type { PassedRow, Problem, Template, TracedSubmission } from "@signalbox/formats";
import type { FileToSubmit } from "../files-to-submit.ts";
import type { KnownMetrics } from "./known-metrics.ts";

/** A file that was read to see what becomes of it. */
export interface Tried {
  readonly file: FileToSubmit;
  readonly traced: TracedSubmission;
  readonly known: KnownMetrics;
  /** By which it was read; null for the canonical columns, and where nothing fitted. */
  readonly template: Template | null;
  readonly named: boolean;
  /** How many rows of a kind are shown. */
  readonly rows: number;
}

/** The same for machines. */
export function triedDocument(tried: Tried) {
  const { file, traced, known, named, rows } = tried;
  const { result, template, tables, became, passed } = traced;
  return {
    file: file.filename,
    rejected: result.rejected,
    template,
    named,
    catalogue: known.from,
    sheet: result.sheet ?? null,
    issued: result.issued,
    tables,
    rows: { read: result.read, accepted: result.rows.length, unchanged: result.unchanged, refused: result.refused },
    cells: became.slice(0, rows),
    passedOver: passed.slice(0, rows),
    passedOverInAll: passed.length,
    problems: result.problems.slice(0, rows),
    problemsInAll: result.problems.length,
    unknownOrganisations: unknownOrganisations(tried),
  };
}

/** Organisations of rows that would count, which the catalogue does not have: their rows would be refused. */
export function unknownOrganisations({ traced, known }: Tried): string[] {
  const { organisations } = known;
  if (organisations === null) return [];
  return traced.result.rows.organisations.filter((code) => !organisations.has(code)).toSorted();
}

/** Whether submitting the file would reject it: as it reads, or because no row is of an organisation that is known. */
export function wouldBeRejected(tried: Tried): boolean {
  const { result } = tried.traced;
  return result.rejected !== null || unknownOrganisations(tried).length === result.rows.organisations.length;
}

/** How many of `list` are shown of how many. */
export function shownOf<T>(list: readonly T[], rows: number): { shown: readonly T[]; more: number } {
  return { shown: list.slice(0, rows), more: Math.max(0, list.length - rows) };
}

/** Why a row gives nothing, in words. */
export const passedBecause: Readonly<Record<PassedRow["why"], string>> = {
  "above-the-table": "above the table",
  "one-cell": "a title or a note: one cell alone",
  "passed-over": "passed over",
  "not-kept": "none that is kept",
  "after-the-end": "after the table's end",
  "no-metric": "gives no metric",
};

/** A problem in one line. */
export function problemLine({ row, column, code, message, value, severity }: Problem): string {
  const where = [row === null ? "" : `row ${row}`, column === null || column === "" ? "" : `column ${column}`];
  const place = where.filter(Boolean).join(", ");
  const cell = value === null || value === "" ? "" : ` [${value}]`;
  return `${severity} ${code}${place === "" ? "" : `, ${place}`}: ${message}${cell}`;
}
