import { isUtf8 } from "node:buffer";

/** A fault that makes the rest of a file unreadable, with the line at which it stands. */
export class UnreadableFile extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const SAVE_AS = 'save it as "CSV UTF-8 (comma delimited)"';
const NEWLINE = 10;
const LARGEST_FILE = 500 * 1024 * 1024;
export const LONGEST_LINE = 1024 * 1024;

/**
 * The bytes of a text file that comes in pieces, whole lines at a time, checked on the way: UTF-8, and no workbook or other binary under
 * another name. Throws UnreadableFile.
 */
export async function* readBytes(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let [line, size] = [1, 0];
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of pieces) {
    if (size === 0) refuseOtherKinds(chunk);
    size += chunk.length;
    if (size > LARGEST_FILE) throw new UnreadableFile(line, "the file is larger than 500 MB");
    const bytes = Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    rest = bytes.subarray(end);
    if (rest.length > LONGEST_LINE) throw new UnreadableFile(line, "a line longer than 1 MB");
    yield bytes.subarray(0, checked(bytes.subarray(0, end), line));
    line += lines(bytes.subarray(0, end));
  }
  yield rest.subarray(0, checked(rest, line));
}

function checked(bytes: Buffer, line: number): number {
  const zero = bytes.indexOf(0);
  if (zero !== -1) throw new UnreadableFile(line + lines(bytes.subarray(0, zero)), "a NUL byte: this is no text file");
  if (!isUtf8(bytes)) throw new UnreadableFile(line + linesOfUtf8(bytes), `not UTF-8; ${SAVE_AS}`);
  return bytes.length;
}

function refuseOtherKinds(start: Buffer): void {
  const [a, b] = start;
  const workbook = start.subarray(0, 4).equals(Buffer.from("PK\x03\x04", "latin1")) || (a === 0xd0 && b === 0xcf);
  if (workbook) throw new UnreadableFile(1, `an Excel workbook under another name; ${SAVE_AS}`);
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) throw new UnreadableFile(1, `UTF-16; ${SAVE_AS}`);
}

function lines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

/** How many lines are whole and UTF-8 before the first that is not. */
function linesOfUtf8(bytes: Buffer): number {
  let [count, start] = [0, 0];
  for (
    let end = bytes.indexOf(NEWLINE);
    end !== -1 && isUtf8(bytes.subarray(start, end));
    end = bytes.indexOf(NEWLINE, start)
  ) {
    count += 1;
    start = end + 1;
  }
  return count;
}
