import { crc32, deflateRawSync } from "node:zlib";

const INFLATED = 200 * 2 ** 20;

/** A workbook of some 200 kB whose one sheet would be 200 MB of nothing. */
export function zipBomb(): Buffer {
  const name = Buffer.from("xl/worksheets/sheet1.xml");
  const zeros = Buffer.alloc(INFLATED);
  const packed = deflateRawSync(zeros);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(zeros), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(INFLATED, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, name, packed]);
  const central = Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 0]), common, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
