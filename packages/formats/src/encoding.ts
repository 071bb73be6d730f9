import { isUtf8 } from "node:buffer";
import { FileRejected } from "./problem.ts";

export interface Encoding {
  name: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
  /** Where the text begins: past the byte-order mark. */
  start: number;
}

/**
 * How a file's text is encoded: by its byte-order mark, else UTF-8, else Windows-1252 where every byte past ASCII makes
 * sense in it. Throws FileRejected, naming the line, for NUL bytes and for broken text.
 */
export function encodingOf(bytes: Buffer): Encoding {
  const start = bytes.subarray(0, 3).toString("hex");
  if (start.startsWith("fffe")) return { name: "utf-16le", start: 2 };
  if (start.startsWith("feff")) return { name: "utf-16be", start: 2 };
  const marked = start === "efbbbf";
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    throw new FileRejected(
      "nul-bytes",
      `Line ${lineAt(bytes, nul)} holds NUL bytes: this is not a text file. Save it as CSV.`,
    );
  }
  if (isUtf8(bytes)) return { name: "utf-8", start: marked ? 3 : 0 };
  if (!marked && isWindows1252(bytes)) return { name: "windows-1252", start: 0 };
  throw new FileRejected(
    "broken-encoding",
    `Line ${brokenLine(bytes)} is not readable text. Save the file as "CSV UTF-8".`,
  );
}

/** The file's text as pieces of UTF-8, never cut within a character. Throws FileRejected where UTF-16 is broken. */
export function* utf8Pieces(bytes: Buffer, { name, start }: Encoding, size: number): Generator<Buffer> {
  // Checked above as a whole: the parser joins what a cut takes apart.
  const decoder = name === "utf-8" ? null : new TextDecoder(name, { fatal: true });
  for (let from = start; from < bytes.length; from += size) {
    const piece = bytes.subarray(from, from + size);
    yield decoder === null ? piece : Buffer.from(decoded(decoder, piece, from + size < bytes.length));
  }
}

function decoded(decoder: TextDecoder, piece: Buffer, more: boolean): string {
  const text = orBroken(() => decoder.decode(piece, { stream: more }));
  if (text.includes("\0"))
    throw new FileRejected("nul-bytes", "The file holds NUL characters: this is not a text file.");
  return text;
}

function orBroken(decode: () => string): string {
  try {
    return decode();
  } catch {
    throw new FileRejected("broken-encoding", `The file is not readable text. Save it as "CSV UTF-8".`);
  }
}

/** The line of a byte, counted from 1. */
function lineAt(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) line++;
  return line;
}

/** The first line that is no UTF-8, counted from 1: a line feed never stands within a character. */
function brokenLine(bytes: Buffer): number {
  let line = 1;
  let from = 0;
  for (let end = bytes.indexOf(10); end >= 0 && isUtf8(bytes.subarray(from, end)); end = bytes.indexOf(10, from)) {
    from = end + 1;
    line++;
  }
  return line;
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
