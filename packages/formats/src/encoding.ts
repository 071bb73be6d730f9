import { isUtf8 } from "node:buffer";
import { FileRejected } from "./problem.ts";

export interface Encoding {
  name: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
  /** Where the text begins: past the byte-order mark. */
  start: number;
}

/** Reads the bytes of a file from their beginning; called again, once more. */
export type Pieces = () => AsyncIterable<Buffer> | Iterable<Buffer>;

/**
 * How a file's text is encoded: by its byte-order mark, else UTF-8, else Windows-1252 where every byte past ASCII makes
 * sense in it. Throws FileRejected, naming the line, for NUL bytes and for broken text.
 */
export async function encodingOf(pieces: Pieces): Promise<Encoding> {
  const judge = new Judge();
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces()) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    if (judge.isUtf16(bytes)) break;
    const whole = pastLastCell(bytes);
    judge.add(bytes.subarray(0, whole));
    rest = bytes.subarray(whole);
    if (rest.length > LONGEST_CELL) break;
  }
  judge.add(rest);
  return judge.encoding();
}

/** A cell that is longer than any row may be: the table will be refused for it. */
const LONGEST_CELL = 1 << 21;

/** Judges a file piece by piece; no piece may end within a character. */
class Judge {
  #marked: "utf-8" | "utf-16le" | "utf-16be" | null = null;
  #begun = false;
  #line = 1;
  #brokenLine: number | null = null;
  #windows = true;

  /** Whether the file's first bytes mark it as UTF-16, which is judged as it is decoded. */
  isUtf16(bytes: Buffer): boolean {
    if (!this.#begun) {
      const start = bytes.subarray(0, 3).toString("hex");
      if (start.startsWith("fffe")) this.#marked = "utf-16le";
      else if (start.startsWith("feff")) this.#marked = "utf-16be";
      else if (start === "efbbbf") this.#marked = "utf-8";
      this.#begun = true;
    }
    return this.#marked === "utf-16le" || this.#marked === "utf-16be";
  }

  add(bytes: Buffer): void {
    const nul = bytes.indexOf(0);
    if (nul >= 0 && (this.#marked === null || this.#marked === "utf-8")) {
      const line = this.#line + linesBefore(bytes, nul);
      throw new FileRejected("nul-bytes", `Line ${line} holds NUL bytes: this is not a text file. Save it as CSV.`);
    }
    if (this.#brokenLine === null && !isUtf8(bytes))
      this.#brokenLine = this.#line + linesBefore(bytes, brokenAt(bytes));
    this.#windows &&= this.#marked === null && isWindows1252(bytes);
    this.#line += linesBefore(bytes, bytes.length);
  }

  encoding(): Encoding {
    if (this.#marked === "utf-16le" || this.#marked === "utf-16be") return { name: this.#marked, start: 2 };
    if (this.#brokenLine === null) return { name: "utf-8", start: this.#marked === null ? 0 : 3 };
    if (this.#windows) return { name: "windows-1252", start: 0 };
    throw new FileRejected(
      "broken-encoding",
      `Line ${this.#brokenLine} is not readable text. Save the file as "CSV UTF-8".`,
    );
  }
}

/** The file's text as pieces of UTF-8. Throws FileRejected where UTF-16 is broken. */
export async function* utf8Pieces(pieces: Pieces, { name, start }: Encoding): AsyncGenerator<Buffer> {
  // Judged before as a whole: the parser joins what a cut takes apart.
  const decoder = name === "utf-8" ? null : new TextDecoder(name, { fatal: true });
  let skip = start;
  for await (const piece of pieces()) {
    const bytes = piece.subarray(skip);
    skip -= piece.length - bytes.length;
    yield decoder === null ? bytes : decoded(decoder, bytes);
  }
  if (decoder !== null) yield decoded(decoder);
}

function decoded(decoder: TextDecoder, bytes?: Buffer): Buffer {
  const text = orBroken(() => (bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })));
  if (text.includes("\0"))
    throw new FileRejected("nul-bytes", "The file holds NUL characters: this is not a text file.");
  return Buffer.from(text);
}

function orBroken(decode: () => string): string {
  try {
    return decode();
  } catch {
    throw new FileRejected("broken-encoding", `The file is not readable text. Save it as "CSV UTF-8".`);
  }
}

function linesBefore(bytes: Buffer, offset: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

/** A place in the first line that is no UTF-8: a line feed never stands within a character. */
function brokenAt(bytes: Buffer): number {
  let from = 0;
  for (let end = bytes.indexOf(10); end >= 0 && isUtf8(bytes.subarray(from, end)); end = bytes.indexOf(10, from)) {
    from = end + 1;
  }
  return from;
}

/** Past the last line end or comma: what stands beside a cut has no say in what a character is. */
function pastLastCell(bytes: Buffer): number {
  let at = bytes.length;
  while (at > 0 && bytes[at - 1] !== 10 && bytes[at - 1] !== 13 && bytes[at - 1] !== 44) at--;
  return at;
}

// Of Windows-1252 these five bytes are undefined; of C0 only tab, line feed and carriage return belong in a table.
const UNDEFINED = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/**
 * Whether each byte past ASCII reads as punctuation, a sign or a letter beside letters, and none pairs up to a UTF-8
 * character: a file with some good UTF-8 in it is broken UTF-8, not another encoding.
 */
function isWindows1252(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) return false;
      continue;
    }
    if (UNDEFINED.has(byte) || !readsWell(bytes, at)) return false;
  }
  return true;
}

function readsWell(bytes: Buffer, at: number): boolean {
  const byte = bytes[at] ?? 0;
  const before = bytes[at - 1] ?? 0;
  const after = bytes[at + 1] ?? 0;
  if (byte < 0xc0 || byte === 0xd7 || byte === 0xf7) return true;
  const followers = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
  if (isUtf8(bytes.subarray(at, at + followers + 1))) return false;
  const upper = byte < 0xe0;
  return upper ? isLetter(after) && !isLowerCase(before) : isLetter(before) || isLetter(after);
}

function isLetter(byte: number): boolean {
  return byte >= 0xc0 || (byte >= 0x41 && byte <= 0x5a) || isLowerCase(byte);
}

function isLowerCase(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}
