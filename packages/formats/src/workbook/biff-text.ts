import { damagedCompound } from "./compound-file.ts";

const WIDE = 1;
const PHONETIC = 4;
const RICH = 8;

/** Reads what stands in a record and in those that continue it. Throws FileRejected where it would read past them. */
export class BiffText {
  readonly #blocks: readonly Buffer[];
  #block = 0;
  #at: number;

  constructor(blocks: readonly Buffer[], from = 0) {
    this.#blocks = blocks;
    this.#at = from;
  }

  byte(): number {
    return this.#take(1).readUInt8(0);
  }

  short(): number {
    return this.#take(2).readUInt16LE(0);
  }

  long(): number {
    return this.#take(4).readUInt32LE(0);
  }

  /** A string with its length before it, which is a byte in sheets' names and two bytes elsewhere. */
  string(length = this.short()): string {
    let flags = this.byte();
    const runs = flags & RICH ? this.short() : 0;
    const phonetic = flags & PHONETIC ? this.long() : 0;
    let text = "";
    while (text.length < length) {
      if (this.#left() === 0) {
        this.#nextBlock();
        flags = this.byte();
      }
      const size = flags & WIDE ? 2 : 1;
      const bytes = this.#take(size * Math.min(length - text.length, Math.floor(this.#left() / size)));
      if (bytes.length === 0) throw damagedCompound("a text is cut off");
      text += bytes.toString(size === 2 ? "utf16le" : "latin1");
    }
    this.#skip(4 * runs + phonetic);
    return text;
  }

  #left(): number {
    return (this.#blocks[this.#block]?.length ?? 0) - this.#at;
  }

  #nextBlock(): void {
    this.#block++;
    this.#at = 0;
    if (this.#block >= this.#blocks.length) throw damagedCompound("a text is cut off");
  }

  #take(bytes: number): Buffer {
    if (this.#left() === 0) this.#nextBlock();
    const taken = this.#blocks[this.#block]?.subarray(this.#at, this.#at + bytes);
    if (taken === undefined || taken.length < bytes) throw damagedCompound("a record is too short");
    this.#at += bytes;
    return taken;
  }

  #skip(bytes: number): void {
    for (let left = bytes; left > 0;) {
      if (this.#left() === 0) this.#nextBlock();
      const skipped = Math.min(left, this.#left());
      this.#at += skipped;
      left -= skipped;
    }
  }
}

/** The texts that the cells of a BIFF8 workbook share. */
export function sharedTexts(blocks: readonly Buffer[]): string[] {
  const text = new BiffText(blocks);
  text.long();
  const count = text.long();
  const most = blocks.reduce((sum, { length }) => sum + length, 0) / 3;
  if (count > most) throw damagedCompound("it names more texts than it holds");
  return Array.from({ length: count }, () => text.string());
}
