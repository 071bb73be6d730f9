import { crc32, deflateRawSync } from "node:zlib";

/** A file to be packed; the rest is what a hostile hand would write beside it. */
export interface Packed {
  name: string;
  bytes: Buffer | string;
  stored?: boolean;
  /** What the directory says of the unpacked size, where that is not true. */
  saidSize?: number;
  /** What it says of the checksum. */
  saidSum?: number;
  encrypted?: boolean;
}

/** A zip archive of these files, in this order, for tests: also one that no zip program would make. */
export function drawnZip(files: readonly Packed[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const { header, name, packed } = headerOf(file);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), header, name, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\u0001\u0002", "latin1"), Buffer.from([20, 0]), header, place, name);
    locals.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, listed, end]);
}

function headerOf(file: Packed): { header: Buffer; name: Buffer; packed: Buffer } {
  const bytes = Buffer.from(file.bytes);
  const name = Buffer.from(file.name);
  const packed = file.stored ? bytes : deflateRawSync(bytes, { level: 6 });
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(file.encrypted ? 1 : 0, 2);
  header.writeUInt16LE(file.stored ? 0 : 8, 4);
  header.writeUInt32LE(file.saidSum ?? crc32(bytes), 10);
  header.writeUInt32LE(packed.length, 14);
  header.writeUInt32LE(file.saidSize ?? bytes.length, 18);
  header.writeUInt16LE(name.length, 22);
  return { header, name, packed };
}
