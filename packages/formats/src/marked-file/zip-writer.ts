import { constants, crc32, deflateRawSync } from "node:zlib";
import type { Emit } from "./table-writer.ts";

interface Entry {
  readonly name: Buffer;
  readonly at: number;
  crc: number;
  size: number;
  packed: number;
}

const DEFLATED = 8;
/** Sizes and checksum follow the bytes; names are UTF-8. */
const FLAGS = 0x0808;
/** An empty last block: each piece before it ends on a whole byte. */
const LAST_BLOCK = Buffer.from([0x03, 0x00]);

/** Writes a zip archive entry by entry, piece by piece, keeping no more of it than its directory. */
export class ZipWriter {
  readonly #emit: Emit;
  readonly #entries: Entry[] = [];
  #open: Entry | null = null;
  #at = 0;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  /** Begins an entry; the one before ends. */
  entry(name: string): void {
    this.#endEntry();
    const entry = { name: Buffer.from(name), at: this.#at, crc: 0, size: 0, packed: 0 };
    this.#open = entry;
    this.#entries.push(entry);
    this.#write(
      record(
        0x04034b50,
        [2, 20],
        [2, FLAGS],
        [2, DEFLATED],
        [4, 0],
        [4, 0],
        [4, 0],
        [4, 0],
        [2, entry.name.length],
        [2, 0],
      ),
    );
    this.#write(entry.name);
  }

  /** The next bytes of the entry that was begun. */
  add(bytes: Buffer): void {
    const entry = this.#open;
    if (entry === null) throw new Error("no entry was begun");
    const packed = deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    entry.crc = crc32(bytes, entry.crc);
    entry.size += bytes.length;
    entry.packed += packed.length;
    this.#write(packed);
  }

  /** Ends the archive with its directory. */
  end(): void {
    this.#endEntry();
    const begins = this.#at;
    for (const { name, at, crc, size, packed } of this.#entries) {
      const facts = [
        [4, 0],
        [4, crc],
        [4, packed],
        [4, size],
        [2, name.length],
      ] as const;
      const rest = [
        [2, 0],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, at],
      ] as const;
      this.#write(record(0x02014b50, [2, 20], [2, 20], [2, FLAGS], [2, DEFLATED], ...facts, ...rest));
      this.#write(name);
    }
    const many = this.#entries.length;
    this.#write(record(0x06054b50, [2, 0], [2, 0], [2, many], [2, many], [4, this.#at - begins], [4, begins], [2, 0]));
  }

  #endEntry(): void {
    const entry = this.#open;
    if (entry === null) return;
    entry.packed += LAST_BLOCK.length;
    this.#write(LAST_BLOCK);
    this.#write(record(0x08074b50, [4, entry.crc], [4, entry.packed], [4, entry.size]));
    this.#open = null;
  }

  #write(bytes: Buffer): void {
    this.#at += bytes.length;
    this.#emit(bytes);
  }
}

/** A signature and the fields after it, each as its width in bytes and its value. */
function record(signature: number, ...fields: (readonly [width: 2 | 4, value: number])[]): Buffer {
  const bytes = Buffer.alloc(4 + fields.reduce((sum, [width]) => sum + width, 0));
  bytes.writeUInt32LE(signature);
  let at = 4;
  for (const [width, value] of fields) {
    if (width === 2) bytes.writeUInt16LE(value, at);
    else bytes.writeUInt32LE(value, at);
    at += width;
  }
  return bytes;
}
