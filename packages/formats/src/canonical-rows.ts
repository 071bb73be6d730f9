import { asPeriod } from "@signalbox/domain";
import type { CanonicalRow } from "./canonical-row.ts";
import { type Columns, cut, NO_COLUMNS, resized } from "./columns.ts";
import { bothMarks } from "./marks.ts";
import { Names } from "./names.ts";

/**
 * The rows of a file by columns, because a file may have more than a million. `organisation`, `metric`, `reason` and `mark`
 * are places in the lists of the same names; numbers are NaN where there is none; reason 0 is "" and means there is a
 * value, mark 0 is "" and means none.
 */
export interface CanonicalRows extends Iterable<CanonicalRow> {
  readonly length: number;
  readonly organisations: readonly string[];
  readonly metrics: readonly string[];
  readonly reasons: readonly string[];
  readonly marks: readonly string[];
  readonly comments: ReadonlyMap<number, string>;
  readonly columns: Columns;
  /** The row in this place, from 0. */
  at(place: number): CanonicalRow;
}

/** Gathers rows, then drops those that the checks over the whole file refuse. */
export class RowGatherer {
  length = 0;
  columns: Columns = NO_COLUMNS;
  readonly organisations = new Names();
  readonly metrics = new Names();
  readonly reasons = new Names([""]);
  readonly marks = new Names([""]);
  readonly comments = new Map<number, string>();

  add(row: CanonicalRow, bare: boolean): void {
    if (this.length === this.columns.row.length) this.columns = resized(this.columns, Math.max(256, 2 * this.length));
    const place = this.length++;
    const columns = this.columns;
    columns.row[place] = row.row;
    columns.period[place] = row.period;
    columns.organisation[place] = this.organisations.placeOf(row.organisation);
    columns.metric[place] = this.metrics.placeOf(row.metric);
    columns.reason[place] = this.reasons.placeOf(row.noValue ?? "");
    columns.mark[place] = this.marks.placeOf(row.mark ?? "");
    columns.value[place] = row.value ?? Number.NaN;
    columns.numerator[place] = row.numerator ?? Number.NaN;
    columns.denominator[place] = row.denominator ?? Number.NaN;
    columns.plan[place] = row.plan ?? Number.NaN;
    columns.bare[place] = bare ? 1 : 0;
    if (row.comment !== null) this.comments.set(place, row.comment);
  }

  metricAt(place: number): string {
    return this.metrics.list[this.columns.metric[place] ?? -1] ?? "";
  }

  organisationAt(place: number): string {
    return this.organisations.list[this.columns.organisation[place] ?? -1] ?? "";
  }

  figureAt(place: number): Pick<CanonicalRow, "value" | "noValue" | "mark"> {
    const { columns } = this;
    return {
      value: orNull(columns.value[place]),
      noValue: this.reasons.list[columns.reason[place] ?? 0] || null,
      mark: this.marks.list[columns.mark[place] ?? 0] || null,
    };
  }

  /** Adds a mark to a row that has a value. */
  mark(place: number, mark: string): void {
    const { columns } = this;
    if (Number.isNaN(columns.value[place] ?? Number.NaN)) return;
    const both = bothMarks(this.marks.list[columns.mark[place] ?? 0] ?? "", mark);
    columns.mark[place] = this.marks.placeOf(both ?? "");
  }

  /** Takes a row's value away, for this reason. */
  keepOut(place: number, reason: string): void {
    const { columns } = this;
    if (Number.isNaN(columns.value[place] ?? Number.NaN)) return;
    for (const column of [columns.value, columns.numerator, columns.denominator]) column[place] = Number.NaN;
    columns.reason[place] = this.reasons.placeOf(reason);
    columns.mark[place] = 0;
    columns.bare[place] = 0;
  }

  /** The rows whose place is not marked in `refused`, in the file's order. The gatherer is spent afterwards. */
  keep(refused: Uint8Array): CanonicalRows {
    if (!refused.includes(1)) return this.#rows(this.length, this.comments);
    const comments = new Map<number, string>();
    let kept = 0;
    for (let place = 0; place < this.length; place++) {
      if (refused[place] === 1) continue;
      const comment = this.comments.get(place);
      if (comment !== undefined) comments.set(kept, comment);
      kept++;
    }
    for (const column of Object.values(this.columns)) closeUp(column, refused, this.length);
    return this.#rows(kept, comments);
  }

  #rows(length: number, comments: ReadonlyMap<number, string>): CanonicalRows {
    return rowsOf({
      organisations: this.organisations.list,
      metrics: this.metrics.list,
      reasons: this.reasons.list,
      marks: this.marks.list,
      columns: cut(this.columns, length),
      comments,
    });
  }
}

/** Moves what is kept to the front of a column. */
function closeUp(column: Int32Array | Float64Array | Uint8Array, refused: Uint8Array, length: number): void {
  let kept = 0;
  for (let place = 0; place < length; place++) if (refused[place] === 0) column[kept++] = column[place] ?? 0;
}

/** What canonical rows are made of: plain data, as it crosses from one thread to another. */
export type RowParts = Pick<CanonicalRows, "organisations" | "metrics" | "reasons" | "marks" | "comments" | "columns">;

/** Canonical rows of their parts, as another thread has read them. */
export function rowsOf(parts: RowParts): CanonicalRows {
  return new GatheredRows(parts);
}

class GatheredRows implements CanonicalRows {
  readonly length: number;
  readonly organisations: readonly string[];
  readonly metrics: readonly string[];
  readonly reasons: readonly string[];
  readonly marks: readonly string[];
  readonly columns: Columns;
  readonly comments: ReadonlyMap<number, string>;

  constructor({ organisations, metrics, reasons, marks, columns, comments }: RowParts) {
    this.length = columns.row.length;
    this.organisations = organisations;
    this.metrics = metrics;
    this.reasons = reasons;
    this.marks = marks;
    this.columns = columns;
    this.comments = comments;
  }

  at(place: number): CanonicalRow {
    if (place < 0 || place >= this.length) throw new RangeError(`There is no row in place ${place}.`);
    const { columns } = this;
    return {
      row: columns.row[place] ?? 0,
      period: asPeriod(columns.period[place] ?? 0),
      organisation: this.organisations[columns.organisation[place] ?? -1] ?? "",
      metric: this.metrics[columns.metric[place] ?? -1] ?? "",
      value: orNull(columns.value[place]),
      noValue: this.reasons[columns.reason[place] ?? 0] || null,
      mark: this.marks[columns.mark[place] ?? 0] || null,
      numerator: orNull(columns.numerator[place]),
      denominator: orNull(columns.denominator[place]),
      plan: orNull(columns.plan[place]),
      comment: this.comments.get(place) ?? null,
    };
  }

  *[Symbol.iterator](): Iterator<CanonicalRow> {
    for (let place = 0; place < this.length; place++) yield this.at(place);
  }
}

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** The rows of a file that is refused before it is read. */
export function noRows(): CanonicalRows {
  return new RowGatherer().keep(new Uint8Array());
}
