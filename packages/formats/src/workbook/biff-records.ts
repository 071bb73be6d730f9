import { damagedCompound } from "./compound-file.ts";

/** The records of a BIFF8 stream that bear on cells, by their numbers. */
export const RECORD = {
  formula: 0x06,
  end: 0x0a,
  dateMode: 0x22,
  filePass: 0x2f,
  continuation: 0x3c,
  boundSheet: 0x85,
  manyRk: 0xbd,
  richText: 0xd6,
  format: { style: 0xe0, code: 0x041e },
  sharedStrings: 0xfc,
  sharedString: 0xfd,
  number: 0x0203,
  text: 0x0204,
  boolOrError: 0x0205,
  formulaText: 0x0207,
  row: 0x0208,
  rk: 0x027e,
  begin: 0x0809,
} as const;

export interface BiffRecord {
  id: number;
  data: Buffer;
  /** The record's bytes with those of the records that continue it. */
  blocks(): Buffer[];
}

/** The records of one part of a workbook stream, from its beginning to its end; charts within a sheet are passed over. */
export function* recordsFrom(stream: Buffer, start: number): Generator<BiffRecord> {
  let depth = 0;
  for (let at = start; ;) {
    const { id, data, next } = recordAt(stream, at);
    if (depth === 0 && id !== RECORD.begin) throw damagedCompound("a sheet does not begin where it should");
    if (id === RECORD.begin) depth++;
    if (depth === 1) yield { id, data, blocks: () => continued(stream, data, next) };
    if (id === RECORD.end && --depth === 0) return;
    at = next;
  }
}

function recordAt(stream: Buffer, at: number): { id: number; data: Buffer; next: number } {
  if (at + 4 > stream.length) throw damagedCompound("it ends within a sheet");
  const next = at + 4 + stream.readUInt16LE(at + 2);
  if (next > stream.length) throw damagedCompound("it ends within a record");
  return { id: stream.readUInt16LE(at), data: stream.subarray(at + 4, next), next };
}

function continued(stream: Buffer, first: Buffer, after: number): Buffer[] {
  const blocks = [first];
  for (let at = after; at + 4 <= stream.length;) {
    const { id, data, next } = recordAt(stream, at);
    if (id !== RECORD.continuation) break;
    blocks.push(data);
    at = next;
  }
  return blocks;
}
