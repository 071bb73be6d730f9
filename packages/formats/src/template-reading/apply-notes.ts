import { asPeriod, type Frequency, nameOfPeriod, type Period } from "@signalbox/domain";
import type { Findings } from "../findings.ts";
import { ESTIMATED, NAMED_MISSING } from "../marks.ts";
import { type Notes, patternOf, type Template } from "../template.ts";
import { type Known, namedIn, type NamedInNotes, notePeriods, saysAnother } from "./note-sheets.ts";
import { joined, type SheetText } from "./text-around.ts";

/** What the notes are applied to. */
export interface Noted {
  template: Template;
  found: Findings;
  /** The metrics that the file gives, with their frequency. */
  metrics: ReadonlyMap<string, Frequency>;
  known: Known;
}

/** Adds rows for organisations that notes name as missing, and marks the values of those named as estimated. */
export function applyNotes(sheets: readonly SheetText[], noted: Noted): void {
  for (const notes of noted.template.notes) {
    const pattern = patternOf(notes.sheets);
    for (const sheet of sheets) if (pattern.test(sheet.name)) applySheet(notes, sheet, noted);
  }
}

function applySheet(notes: Notes, sheet: SheetText, { found, metrics, known }: Noted): void {
  const named = namedIn(notes, sheet, known);
  if (named.length === 0) return;
  const index = new RowIndex(found);
  for (const [metric, frequency] of metrics) {
    if (notes.metrics !== undefined && !notes.metrics.includes(metric)) continue;
    const period = index.onlyPeriod(metric);
    if (period === null) {
      const message = `The sheet ${sheet.name} names organisations, but the file has several periods and does not say of which.`;
      if (index.has(metric)) found.problems.addOnce("warning", "note-without-period", message, {});
      continue;
    }
    const at = { period, frequency };
    if (notes.period !== undefined && isStale(sheet, notePeriods(notes.period, known), at)) {
      warnStale(found, sheet, { row: null, text: sheet.name, at });
      continue;
    }
    for (const note of named) applyNote(note, { sheet, metric, at, index, found });
  }
}

type At = { period: Period; frequency: Frequency };

function applyNote(
  { organisation, means, row, says, text }: NamedInNotes,
  { sheet, metric, at, index, found }: { sheet: SheetText; metric: string; at: At; index: RowIndex; found: Findings },
): void {
  if (says !== null && saysAnother(says, text, at) === true) return warnStale(found, sheet, { row, text, at });
  const place = index.placeOf(metric, organisation, at.period);
  if (means === "estimated") {
    if (place !== null) found.rows.mark(place, ESTIMATED);
    return;
  }
  if (place === null) {
    const nothing = { value: null, mark: null, numerator: null, denominator: null, plan: null, comment: null };
    found.read++;
    found.rows.add({ ...nothing, row, period: at.period, organisation, metric, noValue: NAMED_MISSING }, false);
    return;
  }
  const message = `The sheet ${sheet.name} says that ${organisation} did not submit, but the file has ${metric} of it; the file counts.`;
  found.problems.add("warning", "note-differs", message, { row, value: text });
}

function isStale({ rows }: SheetText, periods: ReturnType<typeof notePeriods>, at: At): boolean {
  for (const { cells } of rows) {
    const another = saysAnother(periods, joined(cells), at);
    if (another !== null) return another;
  }
  return false;
}

/** Said once a sheet and text, however many metrics the file has. */
function warnStale(
  { problems }: Findings,
  { name }: SheetText,
  { row, text, at }: { row: number | null; text: string; at: At },
): void {
  const message = `A note on the sheet ${name} speaks of another period than ${nameOfPeriod(at.period, at.frequency)}: it is not used.`;
  problems.addOnce("warning", "stale-note", message, { row, value: text });
}

/** The rows found so far, by metric, organisation and period. */
class RowIndex {
  readonly #rows = new Map<string, number>();
  readonly #periods = new Map<string, Set<number>>();

  constructor({ rows }: Findings) {
    for (let place = 0; place < rows.length; place++) {
      const metric = rows.metricAt(place);
      const period = rows.columns.period[place] ?? 0;
      const key = `${metric} ${rows.organisationAt(place)} ${period}`;
      if (!this.#rows.has(key)) this.#rows.set(key, place);
      const periods = this.#periods.get(metric) ?? new Set();
      this.#periods.set(metric, periods.add(period));
    }
  }

  placeOf(metric: string, organisation: string, period: Period): number | null {
    return this.#rows.get(`${metric} ${organisation} ${period}`) ?? null;
  }

  has(metric: string): boolean {
    return this.#periods.has(metric);
  }

  /** The period of all of a metric's rows; null where they are of several, and a note may mean any. */
  onlyPeriod(metric: string): Period | null {
    const [first, second] = this.#periods.get(metric) ?? [];
    return first === undefined || second !== undefined ? null : asPeriod(first);
  }
}
