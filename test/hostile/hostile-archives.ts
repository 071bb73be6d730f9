import { drawnZip, type Packed } from "../../packages/formats/src/workbook/drawn-zip.ts";
import { writtenWorkbook } from "../../packages/formats/src/workbook/testing.ts";
import { goodFile, type HostileFile } from "./hostile-file.ts";

const MB = 2 ** 20;
const table: Packed = { name: "figures.csv", bytes: goodFile };
const zip =
  (...files: Packed[]) =>
  (): Buffer =>
    drawnZip(files);

/** The end of a zip archive with one field changed: offset from its beginning, and what stands there. */
function withEnd(offset: number, value: number): Buffer {
  const bytes = drawnZip([table]);
  bytes.writeUInt32LE(value, bytes.length - 22 + offset);
  return bytes;
}

/** Its one entry in the directory with one field changed. */
function withEntry(offset: number, value: number): Buffer {
  const bytes = drawnZip([table]);
  bytes.writeUInt32LE(value, bytes.indexOf("PK\u0001\u0002", 0, "latin1") + offset);
  return bytes;
}

/** Files that share their bytes, as a bomb does that no program packed: the directory names the first one again and again. */
function overlapping(): Buffer {
  const files = Array.from({ length: 40 }, (_, place) => ({
    name: `${place}.csv`,
    bytes: Buffer.alloc(10 * MB, `${place}`),
  }));
  const bytes = drawnZip(files);
  for (
    let at = bytes.indexOf("PK\u0001\u0002", 0, "latin1");
    at >= 0;
    at = bytes.indexOf("PK\u0001\u0002", at + 4, "latin1")
  ) {
    bytes.writeUInt32LE(0, at + 42);
  }
  return bytes;
}

export const hostileArchives: readonly HostileFile[] = [
  {
    what: "a bomb of 200 MB",
    bytes: () => drawnZip([{ ...table, bytes: Buffer.alloc(200 * MB) }]),
    comes: "unpacks-too-large",
  },
  {
    what: "a bomb in a workbook's sheet",
    bytes: () => writtenWorkbook({ sheets: [{ part: " ".repeat(80 * MB) }] }),
    comes: "unpacks-too-large",
  },
  {
    what: "a bomb that says it is small",
    bytes: () => drawnZip([{ ...table, bytes: Buffer.alloc(100 * MB, "1,2\n"), saidSize: 5_000 }]),
    comes: "damaged-archive",
  },
  {
    what: "a bomb of many files",
    bytes: () =>
      drawnZip(Array.from({ length: 320 }, (_, place) => ({ name: `${place}.csv`, bytes: "0".repeat(990_000) }))),
    comes: "unpacks-too-large",
  },
  { what: "a bomb of files that lie over one another", bytes: overlapping, comes: "unpacks-too-large" },
  {
    what: "5,000 files",
    bytes: () => drawnZip(Array.from({ length: 5_000 }, (_, place) => ({ name: `${place}`, bytes: "" }))),
    comes: "too-many-files",
  },
  {
    what: "an archive in an archive in an archive",
    bytes: zip({ name: "a.zip", bytes: drawnZip([{ name: "b.zip", bytes: drawnZip([table]) }]) }),
    comes: "not-a-table",
  },
  {
    what: "an archive under a workbook's name in an archive",
    bytes: zip({ name: "a.xlsx", bytes: drawnZip([table]) }),
    comes: "not-a-table",
  },
  { what: "a name that climbs out", bytes: zip({ ...table, name: "a/../../figures.csv" }), comes: "unsafe-archive" },
  {
    what: "a name that climbs out by backslashes",
    bytes: zip({ ...table, name: "..\\..\\figures.csv" }),
    comes: "unsafe-archive",
  },
  { what: "a name from the root", bytes: zip({ ...table, name: "/etc/passwd.csv" }), comes: "unsafe-archive" },
  { what: "a name with NUL in it", bytes: zip({ ...table, name: "figures.csv\0.png" }), comes: "not-a-table" },
  { what: "a name twice", bytes: zip(table, { ...table, bytes: "period\n" }), comes: "damaged-archive" },
  { what: "a sheet twice", bytes: () => writtenTwice(), comes: "damaged-archive" },
  { what: "a password", bytes: zip({ ...table, encrypted: true }), comes: "encrypted" },
  { what: "a size below nothing", bytes: () => withEntry(20, 0xfffffffe), comes: "damaged-archive" },
  { what: "an unpacked size below nothing", bytes: () => withEntry(24, 0xfffffffe), comes: "unpacks-too-large" },
  { what: "a place outside the file", bytes: () => withEntry(42, 0x7fffffff), comes: "damaged-archive" },
  { what: "a directory outside the file", bytes: () => withEnd(16, 0xfffffff0), comes: "damaged-archive" },
  {
    what: "a directory of 65,535 files that is not there",
    bytes: () => withEnd(8, 0xfffefffe),
    comes: "too-many-files",
  },
  { what: "nothing but the end of an archive", bytes: () => drawnZip([]), comes: "not-a-table" },
];

function writtenTwice(): Buffer {
  const part = "<worksheet><sheetData/></worksheet>";
  const files = ["xl/worksheets/sheet1.xml", "XL/Worksheets/Sheet1.xml"].map((name) => ({ name, bytes: part }));
  return drawnZip([{ name: "[Content_Types].xml", bytes: "<Types/>" }, ...files]);
}
