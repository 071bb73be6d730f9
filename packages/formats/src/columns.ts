/** The numbers of canonical rows, each kind in an array of its own. */
export interface Columns {
  row: Int32Array;
  period: Int32Array;
  organisation: Int32Array;
  metric: Int32Array;
  reason: Int32Array;
  mark: Int32Array;
  value: Float64Array;
  numerator: Float64Array;
  denominator: Float64Array;
  plan: Float64Array;
  /** 1 where the value stood in the file as a bare number of percent, 0 where it was computed or marked. */
  bare: Uint8Array;
}

export const NO_COLUMNS: Columns = {
  row: new Int32Array(),
  period: new Int32Array(),
  organisation: new Int32Array(),
  metric: new Int32Array(),
  reason: new Int32Array(),
  mark: new Int32Array(),
  value: new Float64Array(),
  numerator: new Float64Array(),
  denominator: new Float64Array(),
  plan: new Float64Array(),
  bare: new Uint8Array(),
};

/** Columns of this length that begin with what is there. */
export function resized(columns: Columns, length: number): Columns {
  const ints = (column: Int32Array): Int32Array => filled(new Int32Array(length), column);
  const floats = (column: Float64Array): Float64Array => filled(new Float64Array(length), column);
  return changed(columns, ints, floats, (column) => filled(new Uint8Array(length), column));
}

/** Views of the first rows: nothing is copied. */
export function cut(columns: Columns, length: number): Columns {
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
    mark: ints(columns.mark),
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
