/** Arrays of figures leave PostgreSQL as joined text, or as bytes where there are many: both faster than array literals. */

/**
 * One piece of memory that many arrays are cut from: a batch has ten thousands of them, and every piece is a burden to
 * whoever collects the garbage.
 */
export class Slab {
  readonly #all: Float64Array;
  #taken = 0;
  constructor(places: number) {
    this.#all = new Float64Array(places).fill(NaN);
  }
  /** So many places that nobody else has, NaN each; of new memory once this is used up. */
  take(count: number): Float64Array {
    const from = this.#taken;
    this.#taken += count;
    return this.#taken > this.#all.length ? new Float64Array(count).fill(NaN) : this.#all.subarray(from, from + count);
  }
}

/** "94.5,,93" → [94.5, NaN, 93]; "" is no array at all. */
export function figures(text: string, count: number): Float64Array {
  const out = new Float64Array(count).fill(NaN);
  // Most arrays of numerators, denominators and plans hold nothing: as many commas as there are gaps.
  if (text.length < count) return out;
  const parts = text.split(",");
  for (let i = 0; i < count; i++) {
    const part = parts[i];
    if (part !== undefined && part !== "") out[i] = Number(part);
  }
  return out;
}

const HEADER_BYTES = 20;
const INT8 = 20;
const HIGH = 2 ** 32;

/**
 * An array of float8 or int8 in PostgreSQL's binary form, as `array_send` gives it, NaN for null: a tenth of the work of
 * writing numbers as text there and reading them here.
 */
export function sentFigures(sent: Buffer, count: number, slab: Slab): Float64Array {
  const out = slab.take(count);
  if (sent.length <= HEADER_BYTES) return out;
  const view = new DataView(sent.buffer, sent.byteOffset, sent.byteLength);
  const isWhole = view.getInt32(8) === INT8;
  let at = HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    const isNull = view.getInt32(at) < 0;
    at += 4;
    if (isNull) continue;
    out[i] = isWhole ? view.getInt32(at) * HIGH + view.getUint32(at + 4) : view.getFloat64(at);
    at += 8;
  }
  return out;
}

/** One character a place → 1 where it is `on`. */
export function flags(text: string, count: number, on = "1"): Uint8Array {
  const out = new Uint8Array(count);
  for (let i = 0; i < count; i++) if (text[i] === on) out[i] = 1;
  return out;
}

/** The reverse of `flags`. */
export function flagText(places: ArrayLike<number>): string {
  let text = "";
  for (let i = 0; i < places.length; i++) text += places[i] === 1 ? "1" : "0";
  return text;
}

/** One letter a place, out of `letters` by the number that stands there. */
export function letterText(places: ArrayLike<number>, letters: string): string {
  let text = "";
  for (let i = 0; i < places.length; i++) text += letters[places[i] ?? 0];
  return text;
}
