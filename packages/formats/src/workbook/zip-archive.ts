import { crc32, createInflateRaw } from "node:zlib";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { FileRejected } from "../problem.ts";

/** What an archive may unpack to, and from how little: real workbooks and extracts stay far below. */
const MOST_UNPACKED = 300_000_000;
const MOST_ENTRIES = 2_000;
const TIGHTEST = 200;
/** Small parts may be packed as tightly as they like: a style sheet repeats itself. */
const SMALL = 1_000_000;
const PIECE = 1 << 18;
const STORED = 0;
const DEFLATED = 8;

export const DAMAGED = "damaged-archive";

/** The files of a zip archive by name. Names are told apart without regard to case, as workbooks name their parts. */
export class ZipArchive {
  readonly #bytes: Buffer;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(bytes: Buffer, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#bytes = bytes;
    this.#zip = zip;
    this.#entries = entries;
  }

  /** Opens an archive by its directory, and unpacks nothing. Throws FileRejected for one that must not be unpacked. */
  static async open(bytes: Buffer): Promise<ZipArchive> {
    try {
      const zip = await fromBufferPromise(bytes, { validateEntrySizes: true });
      return new ZipArchive(bytes, zip, await checked(zip));
    } catch (error) {
      throw error instanceof FileRejected ? error : damaged(error);
    }
  }

  /** The files' names as they stand in the archive; folders are none. */
  get names(): string[] {
    return [...this.#entries.values()].map(({ fileName }) => fileName).filter((name) => !name.endsWith("/"));
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /**
   * Unpacks one file piece by piece; it may be unpacked more than once. Throws FileRejected, at the end at the latest,
   * where the pieces are not what the archive's directory says.
   */
  async *pieces(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name.toLowerCase());
    if (entry === undefined) throw new FileRejected(DAMAGED, `The file lacks its part ${name}. Save it again.`);
    let size = 0;
    let sum = 0;
    for await (const piece of unpacked(await this.#packed(entry), entry)) {
      size += piece.length;
      sum = crc32(piece, sum);
      if (size > entry.uncompressedSize) break;
      yield piece;
    }
    if (size !== entry.uncompressedSize || sum !== entry.crc32) throw damaged(`${entry.fileName} is not whole`);
  }

  async #packed(entry: Entry): Promise<Buffer> {
    try {
      const { fileDataStart } = await this.#zip.readLocalFileHeaderPromise(entry, { minimal: true });
      return this.#bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize);
    } catch (error) {
      throw damaged(error);
    }
  }
}

async function* unpacked(packed: Buffer, { compressionMethod }: Entry): AsyncGenerator<Buffer> {
  if (compressionMethod === STORED) {
    yield packed;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: PIECE });
  inflate.end(packed);
  try {
    for await (const piece of inflate) yield piece as Buffer;
  } catch (error) {
    throw damaged(error);
  }
}

async function checked(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let total = 0;
  if (zip.entryCount > MOST_ENTRIES) throw tooMany(zip.entryCount);
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName;
    total += entry.uncompressedSize;
    if (entry.isEncrypted()) throw encrypted();
    if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
      throw new FileRejected(DAMAGED, `${name} is packed in a way that is not read. Send the file itself.`);
    }
    if (total > MOST_UNPACKED) throw tooLarge();
    if (entry.uncompressedSize > SMALL && entry.uncompressedSize > TIGHTEST * entry.compressedSize) throw tooLarge();
    if (entries.has(name.toLowerCase())) throw damaged(`it holds ${name} twice`);
    entries.set(name.toLowerCase(), entry);
  }
  return entries;
}

function damaged(why: unknown): FileRejected {
  const said = why instanceof Error ? why.message : String(why);
  if (/^(?:absolute path|invalid relative path|invalid characters in fileName)/.test(said)) {
    const message = "The archive holds a file whose name leads out of it: it is not opened. Send the table itself.";
    return new FileRejected("unsafe-archive", message);
  }
  return new FileRejected(
    DAMAGED,
    `The file is damaged or cut off (${said.slice(0, 200)}). Save it again and send that.`,
  );
}

function tooLarge(): FileRejected {
  const message =
    "The file unpacks to more than 300 MB, or to more than 200 times its size: it is not opened. " +
    "Send the table itself, split by period where it is that large.";
  return new FileRejected("unpacks-too-large", message);
}

function tooMany(count: number): FileRejected {
  const message = `The archive holds ${count} files; at most ${MOST_ENTRIES} are looked at. Send the one with the table.`;
  return new FileRejected("too-many-files", message);
}

/** The rejection of any file that a password protects. */
export function encrypted(): FileRejected {
  return new FileRejected("encrypted", "The file is protected by a password. Save it without one and send that.");
}
