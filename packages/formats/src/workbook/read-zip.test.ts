import { describe, expect, test } from "vitest";
import { canonical, reading } from "../testing.ts";
import { drawnZip, type Packed } from "./drawn-zip.ts";
import { cellsIn, link, relationships, tablesIn, writtenWorkbook } from "./testing.ts";

const csv = canonical("2024-03,RXX,ae-4h,74.6,,,,St Mary’s");
const table: Packed = { name: "figures.csv", bytes: csv };
const workbook = writtenWorkbook({ sheets: [{ rows: "<row><c><v>1</v></c></row>" }] });

describe("the one table of an archive is read", () => {
  test("a CSV file among folders and what operating systems add", async () => {
    const litter = [
      { name: "out/", bytes: "" },
      { name: "__MACOSX/out/._figures.csv", bytes: "\0" },
      { name: "out/.DS_Store", bytes: "\0" },
      { name: "out/~$figures.xlsx", bytes: "\0" },
    ];
    const read = await reading(drawnZip([...litter, { ...table, name: "out/Figures.CSV" }]));
    expect(read).toMatchObject({ rejected: null, read: 1, problems: [] });
    expect(read.rows.at(0).comment).toBe("St Mary’s");
  });

  test("in an encoding that is found from all of it", async () => {
    const rows = Array.from({ length: 9_000 }, (_, place) => `2024-03,R${place},ae-12h,1,,,,`);
    const bytes = Buffer.from(canonical(...rows, "2024-03,RXX,ae-12h,1,,,,café"), "latin1");
    const read = await reading(drawnZip([{ ...table, bytes }]));
    expect(read.rows.length).toBe(9_001);
    expect(read.rows.at(9_000).comment).toBe("café");
  });

  test("a workbook, stored or packed", async () => {
    expect(await cellsIn(drawnZip([{ name: "figures.xlsx", bytes: workbook, stored: true }]))).toEqual([["1"]]);
    expect(await cellsIn(drawnZip([{ name: "figures.xlsx", bytes: workbook }]))).toEqual([["1"]]);
  });

  test("beside other files, which are named as passed over", async () => {
    const { warnings } = await tablesIn(drawnZip([table, { name: "read me.pdf", bytes: "%PDF-1.7" }]));
    expect(warnings).toEqual(["files-passed-over"]);
  });
});

describe("an archive that must not be opened is refused with what to do", () => {
  test.each<[string, readonly Packed[], string, RegExp]>([
    [
      "two tables",
      [table, { ...table, name: "more.csv" }],
      "several-tables",
      /figures\.csv, more\.csv.*each by itself/,
    ],
    ["no table", [{ name: "read me.pdf", bytes: "%PDF-1.7" }], "not-a-table", /holds no table/],
    ["nothing", [], "not-a-table", /holds no table/],
    ["an archive within it", [{ name: "figures.zip", bytes: drawnZip([table]) }], "not-a-table", /holds no table/],
    ["an archive under a table's name", [{ ...table, bytes: drawnZip([table]) }], "not-a-table", /neither a CSV/],
    ["an empty table", [{ ...table, bytes: "" }], "empty-file", /table/],
    ["a PDF under a table's name", [{ ...table, bytes: "%PDF-1.7" }], "not-a-table", /neither a CSV/],
    ["a name that leads out", [{ ...table, name: "../../figures.csv" }], "unsafe-archive", /leads out/],
    ["a name from the root", [{ ...table, name: "/etc/figures.csv" }], "unsafe-archive", /leads out/],
    ["a name from a drive", [{ ...table, name: "c:\\figures.csv" }], "unsafe-archive", /leads out/],
    ["a name twice", [table, { ...table, name: "FIGURES.csv" }], "damaged-archive", /twice/],
    ["a password", [{ ...table, encrypted: true }], "encrypted", /password/],
    ["a file larger than it says", [{ ...table, saidSize: 3 }], "damaged-archive", /not whole/],
    ["a file smaller than it says", [{ ...table, saidSize: 999 }], "damaged-archive", /not whole/],
    ["a checksum of other bytes", [{ ...table, saidSum: 7 }], "damaged-archive", /not whole/],
    ["300 MB by its own word", [{ ...table, saidSize: 300_000_001 }], "unpacks-too-large", /300 MB/],
    ["a table packed too tightly", [{ ...table, bytes: "0".repeat(2_000_000) }], "unpacks-too-large", /200 times/],
    [
      "2,001 files",
      Array.from({ length: 2_001 }, (_, place) => ({ name: `${place}.txt`, bytes: "" })),
      "too-many-files",
      /2001/,
    ],
  ])("%s", async (_what, files, code, says) => {
    await expect(tablesIn(drawnZip(files))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(says),
    });
  });

  test.each<[string, readonly Packed[], RegExp]>([
    [
      "a binary workbook",
      [
        { name: "[Content_Types].xml", bytes: "<Types/>" },
        { name: "_rels/.rels", bytes: relationships(link("rId1", "officeDocument", "xl/workbook.bin")) },
      ],
      /\.xlsb.*save it as an Excel workbook/,
    ],
    [
      "an OpenDocument spreadsheet",
      [
        { name: "mimetype", bytes: "application/vnd.oasis.opendocument.spreadsheet", stored: true },
        { name: "content.xml", bytes: "<office:document-content/>" },
      ],
      /\.ods.*save it as an Excel workbook/,
    ],
    ["a document of Numbers", [{ name: "Index/Document.iwa", bytes: "" }], /save it as an Excel workbook/],
  ])("%s", async (_what, files, says) => {
    await expect(tablesIn(drawnZip(files))).rejects.toMatchObject({
      code: "kind-not-read",
      message: expect.stringMatching(says),
    });
  });

  test("a text document", async () => {
    const parts = { "_rels/.rels": relationships(link("rId1", "officeDocument", "word/document.xml")) };
    await expect(tablesIn(writtenWorkbook({ sheets: [{}], parts }))).rejects.toMatchObject({ code: "not-a-table" });
  });
});
