import { asPeriod } from "@signalbox/domain";
import type { CanonicalRow } from "./canonical-row.ts";

/**
 * The rows of a file by columns, because a file may have more than a million. `organisation`, `metric` and `reason` are
 * places in the lists of the same names; numbers are NaN where there is none; reason 0 is "" and means there is a value.
 */
export interface CanonicalRows extends Iterable<CanonicalRow> {
  readonly length: number;
  readonly organisations: readonly string[];
  readonly metrics: readonly string[];
  readonly reasons: readonly string[];
  readonly comments: ReadonlyMap<number, string>;
  readonly columns: Columns;
  /** The row in this place, from 0. */
  at(place: number): CanonicalRow;
}

export interface Columns {
  row: Int32Array;
  period: Int32Array;
  organisation: Int32Array;
  metric: Int32Array;
  reason: Int32Array;
  value: Float64Array;
  numerator: Float64Array;
  denominator: Float64Array;
  plan: Float64Array;
  /** 1 where the value stood in the file as a bare number of percent, 0 where it was computed or marked. */
  bare: Uint8Array;
}

const EMPTY: Columns = {
  row: new Int32Array(),
  period: new Int32Array(),
  organisation: new Int32Array(),
  metric: new Int32Array(),
  reason: new Int32Array(),
  value: new Float64Array(),
  numerator: new Float64Array(),
  denominator: new Float64Array(),
  plan: new Float64Array(),
  bare: new Uint8Array(),
};

/** Gathers rows, then drops those that the checks over the whole file refuse. */
export class RowGatherer {
  length = 0;
  columns: Columns = EMPTY;
  readonly organisations = new Names();
  readonly metrics = new Names();
  readonly reasons = new Names([""]);
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
    columns.value[place] = row.value ?? Number.NaN;
    columns.numerator[place] = row.numerator ?? Number.NaN;
    columns.denominator[place] = row.denominator ?? Number.NaN;
    columns.plan[place] = row.plan ?? Number.NaN;
    columns.bare[place] = bare ? 1 : 0;
    if (row.comment !== null) this.comments.set(place, row.comment);
  }

  /** The rows whose place is not marked in `refused`, in the file's order. The gatherer is spent afterwards. */
  keep(refused: Uint8Array): CanonicalRows {
    if (!refused.includes(1)) return new GatheredRows(this, cut(this.columns, this.length), this.comments);
    const comments = new Map<number, string>();
    let kept = 0;
    for (let place = 0; place < this.length; place++) {
      if (refused[place] === 1) continue;
      const comment = this.comments.get(place);
      if (comment !== undefined) comments.set(kept, comment);
      kept++;
    }
    for (const column of Object.values(this.columns)) closeUp(column, refused, this.length);
    return new GatheredRows(this, cut(this.columns, kept), comments);
  }
}

/** Moves what is kept to the front of a column. */
function closeUp(column: Int32Array | Float64Array | Uint8Array, refused: Uint8Array, length: number): void {
  let kept = 0;
  for (let place = 0; place < length; place++) if (refused[place] === 0) column[kept++] = column[place] ?? 0;
}

class GatheredRows implements CanonicalRows {
  readonly length: number;
  readonly organisations: readonly string[];
  readonly metrics: readonly string[];
  readonly reasons: readonly string[];
  readonly columns: Columns;
  readonly comments: ReadonlyMap<number, string>;

  constructor(gathered: RowGatherer, columns: Columns, comments: ReadonlyMap<number, string>) {
    this.length = columns.row.length;
    this.organisations = gathered.organisations.list;
    this.metrics = gathered.metrics.list;
    this.reasons = gathered.reasons.list;
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

/** Names in the order first met, each with its place. */
class Names {
  readonly list: string[];
  readonly #places: Map<string, number>;

  constructor(list: string[] = []) {
    this.list = list;
    this.#places = new Map(list.map((name, place) => [name, place]));
  }

  placeOf(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.list.length);
    return this.list.push(name) - 1;
  }
}

function resized(columns: Columns, length: number): Columns {
  const ints = (column: Int32Array): Int32Array => filled(new Int32Array(length), column);
  const floats = (column: Float64Array): Float64Array => filled(new Float64Array(length), column);
  return changed(columns, ints, floats, (column) => filled(new Uint8Array(length), column));
}

/** Views of the first rows: nothing is copied. */
function cut(columns: Columns, length: number): Columns {
  return changed(
    columns,
    (column) => column.subarray(0, length),
    (column) => column.subarray(0, length),
    (column) => column.subarray(0, length),
  );
}

function changed(
  columns: Columns,
  ints: (column: Int32Array) => Int32Array,
  floats: (column: Float64Array) => Float64Array,
  bytes: (column: Uint8Array) => Uint8Array,
): Columns {
  return {
    row: ints(columns.row),
    period: ints(columns.period),
    organisation: ints(columns.organisation),
    metric: ints(columns.metric),
    reason: ints(columns.reason),
    value: floats(columns.value),
    numerator: floats(columns.numerator),
    denominator: floats(columns.denominator),
    plan: floats(columns.plan),
    bare: bytes(columns.bare),
  };
}

function filled<T extends Int32Array | Float64Array | Uint8Array>(target: T, source: T): T {
  target.set(source);
  return target;
}

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** The rows of a file that is refused before it is read. */
export function noRows(): CanonicalRows {
  return new RowGatherer().keep(new Uint8Array());
}
