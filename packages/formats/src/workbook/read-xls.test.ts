import { utils, write, type WorkSheet } from "@e965/xlsx";
import { describe, expect, test } from "vitest";
import { tablesIn } from "./testing.ts";

/** An .xls of Excel 97 to 2003, as another library writes it. */
function xlsOf(
  sheets: Readonly<Record<string, WorkSheet>>,
  { hidden = [], date1904 = false }: { hidden?: readonly string[]; date1904?: boolean } = {},
): Buffer {
  const book = utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name);
  book.Workbook = {
    WBProps: { date1904 },
    Sheets: Object.keys(sheets).map((name) => ({ name, Hidden: hidden.includes(name) ? 1 : 0 })),
  };
  return Buffer.from(write(book, { type: "buffer", bookType: "biff8", bookSST: true }) as Uint8Array);
}

const table = (...rows: unknown[][]): WorkSheet => utils.aoa_to_sheet(rows);
const one = (cell: object): WorkSheet => ({ "!ref": "A1", A1: cell });
const first = async (file: Buffer): Promise<readonly string[]> => (await tablesIn(file)).tables[0]?.rows[0]?.[1] ?? [];

describe("a cell of an .xls is text in the contract's notations", () => {
  test.each<[string, object, string]>([
    ["a count", { t: "n", v: 9592 }, "9592"],
    ["half a patient", { t: "n", v: 10.5 }, "10.5"],
    ["a hundredth", { t: "n", v: 0.07 }, "0.07"],
    ["a number that needs all its digits", { t: "n", v: 0.049937447873228 }, "0.049937447873228"],
    ["a percent format", { t: "n", v: 0.2189, z: "0.0%" }, "21.89%"],
    ["a date", { t: "n", v: 45_383, z: "dd/mm/yyyy" }, "2024-04-01"],
    ["a time over 24 hours", { t: "n", v: 1.4222222222222223, z: "[h]:mm:ss" }, "34:08:00"],
    ["a truth", { t: "b", v: true }, "TRUE"],
    ["an error", { t: "e", v: 0x17 }, "#REF!"],
    ["a text", { t: "s", v: "St Mary’s" }, "St Mary’s"],
    ["a text in Latin letters alone", { t: "s", v: "café" }, "café"],
  ])("%s", async (_what, cell, text) => {
    expect(await first(xlsOf({ S: one(cell) }))).toEqual([text]);
  });

  test("a date counted from 1904", async () => {
    const file = xlsOf({ S: one({ t: "n", v: 43_921, z: "yyyy-mm-dd" }) }, { date1904: true });
    expect(await first(file)).toEqual(["2024-04-01"]);
  });

  test("texts that go on in further records", async () => {
    const texts = Array.from({ length: 300 }, (_, place) => [`${place} ${"é’".repeat(place)}`]);
    const { tables } = await tablesIn(xlsOf({ S: table(...texts) }));
    expect(tables[0]?.rows.map(([, cells]) => cells)).toEqual(texts);
  });
});

test("gaps stay gaps, sheets that nobody wants are passed over, and hidden ones are handed over as such", async () => {
  const sheets = { Shown: table(["a"], [], [null, 2]), Raw: table(["b"]), Other: table(["c"]) };
  const { tables, warnings } = await tablesIn(xlsOf(sheets, { hidden: ["Raw"] }), ["Other"]);
  expect(tables).toEqual([
    {
      name: "Shown",
      hidden: false,
      rows: [
        [1, ["a"]],
        [3, ["", "2"]],
      ],
    },
    { name: "Raw", hidden: true, rows: [[1, ["b"]]] },
  ]);
  expect(warnings).toEqual([]);
});

test("an .xls whose data reach row 65,536 is refused as cut off", async () => {
  const rows = (last: number): WorkSheet => ({
    "!ref": `A1:A${last}`,
    A1: { t: "n", v: 1 },
    [`A${last}`]: { t: "n", v: 2 },
  });
  await expect(tablesIn(xlsOf({ S: rows(65_536) }))).rejects.toMatchObject({ code: "cut-off-at-65536" });
  expect((await tablesIn(xlsOf({ S: rows(65_535) }))).tables[0]?.rows).toHaveLength(2);
});

describe("what is damaged is refused whole, with what to do", () => {
  const file = xlsOf({ S: table(["period", "value"], ["2024-03", 1], ["2024-04", 2]) });
  const changed = (change: (bytes: Buffer) => void): Buffer => {
    const bytes = Buffer.from(file);
    change(bytes);
    return bytes;
  };
  const at = (bytes: Buffer, record: string): number => bytes.indexOf(Buffer.from(record, "hex"));
  const entryAt = (bytes: Buffer): number => bytes.indexOf(Buffer.from("Workbook", "utf16le"));
  const workbookEntry = (bytes: Buffer): number =>
    (entryAt(bytes) - bytes.indexOf(Buffer.from("Root Entry", "utf16le"))) / 128;

  test.each<[string, Buffer]>([
    ["its header alone", file.subarray(0, 600)],
    ["its first half", file.subarray(0, file.length / 2)],
    ["sectors of a size that nobody uses", changed((bytes) => bytes.writeUInt16LE(40, 30))],
    ["a directory that leads out of the file", changed((bytes) => bytes.writeUInt32LE(9_999, 48))],
    ["a directory in a circle", changed((bytes) => bytes.writeUInt32LE(workbookEntry(bytes), entryAt(bytes) + 72))],
    [
      "a cell that names a text that is not there",
      changed((bytes) => bytes.writeUInt32LE(77, at(bytes, "fd000a00") + 10)),
    ],
    [
      "a cell twice",
      changed((bytes) => bytes.writeUInt16LE(0, bytes.indexOf(Buffer.from("fd000a00000001", "hex")) + 6)),
    ],
    ["a record longer than the file", changed((bytes) => bytes.writeUInt16LE(0xffff, at(bytes, "fd000a00") + 2))],
  ])("%s", async (_what, bytes) => {
    await expect(tablesIn(bytes)).rejects.toMatchObject({
      code: "damaged-workbook",
      message: expect.stringMatching(/damaged or cut off.*save it as \.xlsx/),
    });
  });
});

test("a document without a workbook, and one that a password protects, are refused for what they are", async () => {
  const named = (name: string): Buffer => {
    const bytes = xlsOf({ S: table([1]) });
    const place = bytes.indexOf(Buffer.from("Workbook", "utf16le"));
    bytes.fill(0, place, place + 64);
    bytes.write(name, place, "utf16le");
    bytes.writeUInt16LE(2 * name.length + 2, place + 64);
    return bytes;
  };
  await expect(tablesIn(named("WordDocument"))).rejects.toMatchObject({ code: "not-a-table" });
  await expect(tablesIn(named("EncryptedPackage"))).rejects.toMatchObject({ code: "encrypted" });
});
