import { FileRejected } from "../problem.ts";

const HEADER = 512;
const LISTED_IN_HEADER = 109;
const NO_SECTOR = 0xfffffffa;
const ENTRY = 128;
const STORAGE = 1;
const STREAM = 2;

interface DirectoryEntry {
  name: string;
  kind: number;
  left: number;
  right: number;
  child: number;
  start: number;
  size: number;
}

/** A file of files, as Office wrote them before 2007 and still does around an encrypted workbook: its top level by name. */
export class CompoundFile {
  readonly #bytes: Buffer;
  readonly #sector: number;
  readonly #next: Uint32Array;
  readonly #small: { next: Uint32Array; stream: Buffer; sector: number; below: number };
  readonly #entries: ReadonlyMap<string, DirectoryEntry>;

  /** Throws FileRejected where chains lead out of the file or back into themselves. */
  constructor(bytes: Buffer) {
    if (bytes.length < HEADER) throw damagedCompound("it ends in its header");
    const shift = bytes.readUInt16LE(30);
    const smallShift = bytes.readUInt16LE(32);
    if ((shift !== 9 && shift !== 12) || smallShift !== 6) throw damagedCompound("its header makes no sense");
    this.#bytes = bytes;
    this.#sector = 1 << shift;
    this.#next = this.#allocation();
    const all = entriesOf(this.#chain(bytes.readUInt32LE(48)));
    const [root] = all;
    if (root === undefined) throw damagedCompound("it has no directory");
    this.#entries = topLevel(all, root.child);
    this.#small = {
      next: numbers(this.#chain(bytes.readUInt32LE(60))),
      stream: this.#chain(root.start),
      sector: 1 << smallShift,
      below: bytes.readUInt32LE(56),
    };
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** The bytes of a stream; null where there is none of that name. */
  stream(name: string): Buffer | null {
    const entry = this.#entries.get(name.toLowerCase());
    if (entry?.kind !== STREAM) return null;
    const { next, stream, sector, below } = this.#small;
    const whole =
      entry.size < below
        ? joined(next, entry.start, sector, (at) => stream.subarray(at * sector, (at + 1) * sector))
        : this.#chain(entry.start);
    if (whole.length < entry.size) throw damagedCompound(`its part ${name} is cut off`);
    return whole.subarray(0, entry.size);
  }

  #chain(start: number): Buffer {
    return joined(this.#next, start, this.#sector, (at) => this.#sectorAt(at));
  }

  #sectorAt(place: number): Buffer {
    const from = (place + 1) * this.#sector;
    return this.#bytes.subarray(from, from + this.#sector);
  }

  /** For each sector the one that follows it, from the sectors that the header lists and those that go on listing. */
  #allocation(): Uint32Array {
    const bytes = this.#bytes;
    const most = Math.ceil(bytes.length / this.#sector);
    const listed = Array.from({ length: LISTED_IN_HEADER }, (_, place) => bytes.readUInt32LE(76 + 4 * place));
    let more = bytes.readUInt32LE(68);
    for (let lists = 0; more < NO_SECTOR; lists++) {
      const list = numbers(this.#sectorAt(more));
      if (lists > most || list.length < this.#sector / 4) throw damagedCompound("its list of sectors is broken");
      listed.push(...list.subarray(0, -1));
      more = list.at(-1) ?? NO_SECTOR;
    }
    const used = listed.filter((place) => place < NO_SECTOR);
    if (used.length > most) throw damagedCompound("its list of sectors is broken");
    const sectors = used.map((place) => this.#sectorAt(place));
    if (sectors.some(({ length }) => length < this.#sector)) throw damagedCompound("it is cut off");
    return numbers(Buffer.concat(sectors));
  }
}

/** The bytes of a chain of sectors. No chain is longer than the table that it is in. */
function joined(next: Uint32Array, start: number, size: number, sectorAt: (place: number) => Buffer): Buffer {
  const sectors: Buffer[] = [];
  let at = start;
  while (at < NO_SECTOR) {
    const sector = sectorAt(at);
    const following = next[at];
    if (following === undefined || sector.length === 0 || sectors.length >= next.length) {
      throw damagedCompound("a chain of sectors leads nowhere");
    }
    // A last sector may be cut short: what it holds is measured against what is said of it.
    if (sector.length < size && following < NO_SECTOR) throw damagedCompound("it is cut off");
    sectors.push(sector);
    at = following;
  }
  return Buffer.concat(sectors);
}

function numbers(bytes: Buffer): Uint32Array {
  const found = new Uint32Array(Math.floor(bytes.length / 4));
  for (let place = 0; place < found.length; place++) found[place] = bytes.readUInt32LE(4 * place);
  return found;
}

function entriesOf(directory: Buffer): DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  for (let at = 0; at + ENTRY <= directory.length; at += ENTRY) {
    const nameEnds = Math.min(64, Math.max(0, directory.readUInt16LE(at + 64) - 2));
    entries.push({
      name: directory.toString("utf16le", at, at + nameEnds),
      kind: directory.readUInt8(at + 66),
      left: directory.readUInt32LE(at + 68),
      right: directory.readUInt32LE(at + 72),
      child: directory.readUInt32LE(at + 76),
      start: directory.readUInt32LE(at + 116),
      size: directory.readUInt32LE(at + 120),
    });
  }
  return entries;
}

/** What lies at the top: a workbook within a document within it is not the workbook. */
function topLevel(all: readonly DirectoryEntry[], first: number): Map<string, DirectoryEntry> {
  const found = new Map<string, DirectoryEntry>();
  const seen = new Set<number>();
  const toSee = [first];
  for (let place = toSee.pop(); place !== undefined; place = toSee.pop()) {
    if (place >= NO_SECTOR) continue;
    const entry = all[place];
    if (entry === undefined || seen.has(place)) throw damagedCompound("its directory leads nowhere");
    seen.add(place);
    if (entry.kind === STREAM || entry.kind === STORAGE) found.set(entry.name.toLowerCase(), entry);
    toSee.push(entry.left, entry.right);
  }
  return found;
}

/** The rejection of an old workbook that is not whole. */
export function damagedCompound(why: string): FileRejected {
  const message = `The workbook is damaged or cut off: ${why}. Open it, save it as .xlsx and send that.`;
  return new FileRejected("damaged-workbook", message);
}
