import { parseValue, type ValueNotation } from "@signalbox/domain";
import { NAMED_MISSING } from "../marks.ts";
import { cellText, type Meanings } from "./cell-meanings.ts";

/** A cell that is no bare whole number: what it says. */
export interface CellRead {
  /** NaN where it gives no number. */
  value: number;
  /** Why there is none; "" for one that counts for nothing in a sum. */
  none: string | null;
  skipped: boolean;
  mark: string | null;
  problem: { code: string; message: string } | null;
}

const REMEMBERED = 20_000;
const ZERO: CellRead = { value: 0, none: null, skipped: false, mark: null, problem: null };

export interface NumberNotation {
  value: ValueNotation;
  fractions: boolean;
  scale: number;
  means: Meanings;
}

/**
 * Reads cells of one notation. Bare whole numbers, which most cells are, cost no more than their digits; other texts are
 * understood once and remembered.
 */
export class CellReader {
  readonly #notation: NumberNotation;
  readonly #bareDigits: boolean;
  readonly #known = new Map<string, CellRead>();

  constructor(notation: NumberNotation) {
    this.#notation = notation;
    const { unit } = notation.value;
    this.#bareDigits = unit !== "ordinal" && unit !== "yesno" && !notation.fractions && notation.scale === 1;
  }

  /** The number of a bare whole number; -1 for every other text, which `read` understands. */
  whole(text: string): number {
    return this.#bareDigits ? digits(text) : -1;
  }

  read(text: string): CellRead {
    const before = this.#known.get(text);
    if (before !== undefined) return before;
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    const read = this.#understood(text);
    this.#known.set(text, read);
    return read;
  }

  #understood(text: string): CellRead {
    const { value: notation, fractions, scale, means } = this.#notation;
    const plain = text.trim();
    const meaning = means.get(cellText(plain));
    if (meaning === "zero") return ZERO;
    const parsed = parseValue(plain, notation);
    if (parsed.kind === "value") {
      const bare = !plain.endsWith("%");
      const value =
        fractions && bare
          ? shifted(plain, parsed.value, 100)
          : bare
            ? shifted(plain, parsed.value, scale)
            : parsed.value;
      return { ...ZERO, value, mark: parsed.mark ?? null };
    }
    if (meaning === undefined && parsed.kind === "problem") {
      const { code, message } = parsed;
      return { ...ZERO, value: Number.NaN, problem: { code, message } };
    }
    const none = meaning === "missing" ? NAMED_MISSING : parsed.kind === "none" ? parsed.reason : plain;
    return { ...ZERO, value: Number.NaN, none, skipped: meaning === "skip" };
  }
}

/** A number times ten, a hundred or a thousand is its text with the point moved: 0.29 x 100 is not 29 in doubles. */
function shifted(text: string, value: number, factor: number): number {
  if (factor === 1) return value;
  const power = Math.log10(factor);
  return Number.isInteger(power) && /^-?\d*\.?\d+$/.test(text) ? Number(`${text}e${power}`) : factor * value;
}

/** A whole number of at most 15 digits and nothing else; -1 for any other text. */
function digits(text: string): number {
  const { length } = text;
  if (length === 0 || length > 15) return -1;
  let number = 0;
  for (let at = 0; at < length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = 10 * number + digit;
  }
  return number;
}
