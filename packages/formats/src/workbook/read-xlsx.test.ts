import { describe, expect, test } from "vitest";
import { cellsIn, link, relationships, tablesIn, type WrittenWorkbook, writtenWorkbook } from "./testing.ts";

const cells = (rows: string, more: Partial<WrittenWorkbook> = {}): Promise<(readonly string[])[]> =>
  cellsIn(writtenWorkbook({ sheets: [{ rows }], ...more }));
const styled = (...codes: string[]): string => {
  const formats = codes.map((code, place) => `<numFmt numFmtId="${164 + place}" formatCode="${code}"/>`);
  const styles = codes.map((_, place) => `<xf numFmtId="${164 + place}"/>`);
  return `<numFmts>${formats.join("")}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>${styles.join("")}</cellXfs>`;
};

describe("a cell is text in the contract's notations, whatever it is in the workbook", () => {
  test.each<[string, string, string]>([
    ["a number", `<c r="A1"><v>9592</v></c>`, "9592"],
    ["a number as Excel writes a double", `<c r="A1"><v>0.94599999999999995</v></c>`, "0.946"],
    ["a number with an exponent", `<c r="A1"><v>1.5E-3</v></c>`, "0.0015"],
    ["a text formula", `<c r="A1" t="str"><f>B1&amp;"x"</f><v>R&amp;D</v></c>`, "R&D"],
    ["a formula with its value", `<c r="A1"><f>1+1</f><v>2</v></c>`, "2"],
    ["a formula that was never worked out", `<c r="A1"><f>SUM(B1:B9)</f></c>`, "=SUM(B1:B9)"],
    ["a truth", `<c r="A1" t="b"><v>1</v></c>`, "TRUE"],
    ["an untruth", `<c r="A1" t="b"><v>0</v></c>`, "FALSE"],
    ["an error", `<c r="A1" t="e"><v>#REF!</v></c>`, "#REF!"],
    ["an error that only its program knows", `<c r="A1" t="e"><v>Err:508</v></c>`, "#ERR!"],
    ["a text in place", `<c r="A1" t="inlineStr"><is><t>RXX</t></is></c>`, "RXX"],
    [
      "rich text in place",
      `<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>St </t></r><r><t>Mary’s</t></r></is></c>`,
      "St Mary’s",
    ],
    [
      "a text without the reading of its characters",
      `<c r="A1" t="inlineStr"><is><t>東</t><rPh sb="0" eb="1"><t>ひがし</t></rPh></is></c>`,
      "東",
    ],
    ["a text with a line break as Excel escapes it", `<c r="A1" t="str"><v>a_x000D_b</v></c>`, "a\rb"],
    ["a text in CDATA", `<c r="A1" t="str"><v><![CDATA[a<b]]></v></c>`, "a<b"],
    ["a no-break blank, kept", `<c r="A1" t="str"><v>&#160;7&#xA0;</v></c>`, "\u00a07\u00a0"],
    ["an ISO date of the strict dialect", `<c r="A1" t="d"><v>2024-04-01T00:00:00</v></c>`, "2024-04-01"],
    ["an ISO date and time", `<c r="A1" t="d"><v>2024-04-01T13:05:00</v></c>`, "2024-04-01 13:05:00"],
  ])("%s", async (_what, cell, text) => {
    expect(await cells(`<row r="1">${cell}</row>`)).toEqual([[text]]);
  });

  test.each<[string, string, string, string]>([
    ["a percent format", "0.0%", "0.21890000000000001", "21.89%"],
    ["a date", "dd/mm/yyyy", "45383", "2024-04-01"],
    ["a month", "mmm-yy", "45383", "2024-04-01"],
    ["a date with its time", "dd/mm/yyyy hh:mm", "45383.54513888889", "2024-04-01 13:05:00"],
    ["a time over 24 hours", "[h]:mm:ss", "1.4222222222222223", "34:08:00"],
    ["minutes and seconds", "mm:ss", "2.3703703703703703E-2", "0:34:08"],
    ["money", "&quot;£&quot;#,##0.00", "883000.5", "883000.5"],
  ])("a number in %s", async (_what, code, number, text) => {
    const styles = styled("General", code);
    expect(await cells(`<row r="1"><c r="A1" s="1"><v>${number}</v></c></row>`, { styles })).toEqual([[text]]);
  });

  test("a date counted from 1904", async () => {
    const rows = `<row r="1"><c r="A1" s="0"><v>43921</v></c></row>`;
    const more = { styles: styled("yyyy-mm-dd"), workbookPr: `<workbookPr date1904="1"/>` };
    expect(await cells(rows, more)).toEqual([["2024-04-01"]]);
  });

  test("texts that cells share, rich ones as their plain text", async () => {
    const strings =
      '<si><t>RXX</t></si><si><r><t>a</t></r><r><rPr><i/></rPr><t xml:space="preserve"> b</t></r></si><si/>';
    const rows = `<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"><v>2</v></c></row>`;
    expect(await cells(rows, { strings })).toEqual([["a b", "RXX"]]);
  });
});

describe("rows and columns stand where they say, or one after the other", () => {
  test("gaps stay gaps, and merged cells are blank after the first", async () => {
    const rows = `<row r="2"><c r="B2"><v>1</v></c><c r="AB2"><v>2</v></c></row><row r="5"><c r="A5"><v>3</v></c></row>`;
    const part = `<worksheet><dimension ref="A1:A1"/><sheetData>${rows}</sheetData><mergeCells><mergeCell ref="B2:D2"/></mergeCells></worksheet>`;
    const { tables } = await tablesIn(writtenWorkbook({ sheets: [{ part }] }));
    expect(tables[0]?.rows).toEqual([
      [2, ["", "1", ...Array.from({ length: 25 }, () => ""), "2"]],
      [5, ["3"]],
    ]);
  });

  test("without references", async () => {
    const rows = `<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c><v>4</v></c></row>`;
    const { tables } = await tablesIn(writtenWorkbook({ sheets: [{ rows }] }));
    expect(tables[0]?.rows).toEqual([
      [1, ["1", "", "3"]],
      [3, ["4"]],
    ]);
  });

  test("hidden rows and sheets are handed over as such, and sheets that nobody wants are not opened", async () => {
    const rows = `<row r="1" hidden="1"><c><v>1</v></c></row><row r="2"><c><v>2</v></c></row>`;
    const sheets = [
      { name: "Shown", rows },
      { name: "Raw &amp; more", state: "hidden", rows },
      { name: "Broken", part: "<" },
      { name: "Deep", state: "veryHidden", rows: "" },
    ] as const;
    const { tables } = await tablesIn(writtenWorkbook({ sheets }), ["Broken"]);
    const seen = [
      [1, ["1"], "hidden"],
      [2, ["2"]],
    ];
    expect(tables).toEqual([
      { name: "Shown", hidden: false, rows: seen },
      { name: "Raw & more", hidden: true, rows: seen },
      { name: "Deep", hidden: true, rows: [] },
    ]);
  });
});

describe("a workbook is read however its program writes it", () => {
  const rows = `<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row>`;

  test("with prefixes", async () => {
    const part = `<x:worksheet xmlns:x="m"><x:sheetData>${rows}</x:sheetData></x:worksheet>`;
    expect(await cellsIn(writtenWorkbook({ sheets: [{ part }] }))).toEqual([["a"]]);
  });

  test("in the strict dialect, with absolute targets and parts under other names", async () => {
    const strict = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    const target = (id: string, kind: string, path: string): string =>
      `<Relationship Id="${id}" Type="${strict}/${kind}" Target="${path}"/>`;
    const file = writtenWorkbook({
      sheets: [],
      parts: {
        "_rels/.rels": relationships(target("a", "officeDocument", "/book/main.xml")),
        "book/main.xml": `<workbook xmlns:q="${strict}"><sheets><sheet name="S" q:id="z"/></sheets></workbook>`,
        "book/_rels/main.xml.rels": relationships(target("z", "worksheet", "../tables/one.xml")),
        "tables/one.xml": `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`,
      },
    });
    expect(await cellsIn(file)).toEqual([["1"]]);
  });

  test("in UTF-16, with comments, instructions and Windows line ends", async () => {
    const text = `\ufeff<?xml version="1.0" encoding="UTF-16"?>\r\n<!-- > --><worksheet><sheetData><row><c t="str"><v>a\r\nb</v></c></row></sheetData></worksheet>\r\n`;
    const parts = { "xl/worksheets/sheet1.xml": Buffer.from(text, "utf16le") };
    expect(await cellsIn(writtenWorkbook({ sheets: [{}], parts }))).toEqual([["a\nb"]]);
  });

  test("with charts among its sheets, which are no tables", async () => {
    const chart = {
      "xl/_rels/workbook.xml.rels": relationships(
        link("rId1", "chartsheet", "c.xml") + link("rId2", "worksheet", "worksheets/sheet2.xml"),
      ),
    };
    const sheets = [{ name: "Chart" }, { name: "Table", rows: "<row><c><v>1</v></c></row>" }];
    const { tables } = await tablesIn(writtenWorkbook({ sheets, parts: chart }));
    expect(tables).toEqual([{ name: "Table", hidden: false, rows: [[1, ["1"]]] }]);
  });

  test("with macros, which are not run, and that is said", async () => {
    const parts = { "xl/vbaProject.bin": Buffer.from("Sub Auto_Open()") };
    const { tables, warnings } = await tablesIn(
      writtenWorkbook({ sheets: [{ rows: "<row><c><v>1</v></c></row>" }], parts }),
    );
    expect(tables[0]?.rows).toEqual([[1, ["1"]]]);
    expect(warnings).toEqual(["macros"]);
  });
});

describe("what is damaged is refused whole and never half read", () => {
  const whole = (data: string): string => `<worksheet><sheetData>${data}</sheetData></worksheet>`;
  test.each<[string, string, RegExp]>([
    ["a sheet that ends too early", `<worksheet><sheetData><row><c><v>1</v></c></row>`, /ends too early/],
    ["a sheet that ends within a tag", `<worksheet><sheetData><row><c`, /ends too early/],
    ["an empty sheet part", "", /ends too early/],
    ["elements that cross", whole("<row><c><v>1</c></v></row>"), /closes c/],
    ["a second root", `${whole("")}<worksheet/>`, /goes on after its end/],
    ["a part that is no sheet", "<chartsheet/>", /holds no table/],
    ["a row twice", whole(`<row r="2"/><row r="2"/>`), /row 2 after row 2/],
    ["a row of less than nothing", whole(`<row r="-1"/>`), /row -1/],
    ["a row past the last", whole(`<row r="1048577"/>`), /row 1048577/],
    ["a cell twice", whole(`<row r="1"><c r="A1"/><c r="A1"/></row>`), /cell A1 out of place/],
    ["a cell of another row", whole(`<row r="1"><c r="A2"/></row>`), /cell A2 out of place/],
    ["a column past the last", whole(`<row r="1"><c r="XFE1"/></row>`), /cell XFE1 out of place/],
    ["a column of absurd length", whole(`<row r="1"><c r="AAAAAAAAAA1"/></row>`), /out of place/],
    ["a number that is none", whole(`<row r="1"><c r="A1"><v>1,5</v></c></row>`), /row 1, column 1.*1,5/],
    ["an infinite number", whole(`<row r="1"><c r="A1"><v>1e999</v></c></row>`), /cannot be read/],
    ["a type of its own", whole(`<row r="1"><c r="A1" t="q"><v>1</v></c></row>`), /cannot be read/],
    ["a shared text that is not there", whole(`<row r="1"><c r="A1" t="s"><v>7</v></c></row>`), /cannot be read/],
    ["a shared text before the first", whole(`<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`), /cannot be read/],
    ["an element between rows", whole(`<row r="1"/><r0w r="2"/>`), /unknown element r0w/],
    ["an element in a cell", whole(`<row r="1"><c r="A1"><w>1</w></c></row>`), /unknown element w/],
    ["text between cells", whole(`<row r="1">12</row>`), /text outside a cell/],
    ["an attribute twice", whole(`<row r="1" r="2"/>`), /tag that cannot be read/],
    ["an attribute without quotes", whole(`<row r=1></row>`), /tag that cannot be read/],
    ["a cell longer than any", whole(`<row><c t="str"><v>${"x".repeat(300_000)}</v></c></row>`), /262,144 characters/],
    [
      "a cell longer than any in pieces",
      whole(`<row><c t="str"><v>${`${"x".repeat(100_000)}<!-- -->`.repeat(3)}</v></c></row>`),
      /262,144/,
    ],
    ["an entity of its own", whole(`<row r="1"><c t="str"><v>&lol;</v></c></row>`), /entity/],
    ["a document type", `<!DOCTYPE x [<!ENTITY a "b">]>${whole("")}`, /declaration of its own/],
    ["bytes that are no text", whole("").replace("sheetData", "\udcff"), /closes|no table|not readable/],
  ])("%s", async (_what, part, says) => {
    const file = writtenWorkbook({ sheets: [{ part }], strings: "<si><t>a</t></si>" });
    await expect(tablesIn(file)).rejects.toMatchObject({
      code: "damaged-workbook",
      message: expect.stringMatching(says),
    });
  });

  test.each<[string, Partial<WrittenWorkbook>]>([
    ["a sheet that is not there", { parts: { "xl/worksheets/sheet1.xml": null } }],
    ["a link that is not there", { parts: { "xl/_rels/workbook.xml.rels": relationships("") } }],
    [
      "a sheet that lies outside",
      {
        parts: {
          "xl/_rels/workbook.xml.rels": relationships(
            link("rId1", "worksheet", "https://example.org/s.xml", ` TargetMode="External"`),
          ),
        },
      },
    ],
    [
      "a sheet under two names",
      {
        parts: {
          "xl/workbook.xml": `<workbook><sheets>${`<sheet name="S" r:id="rId1"/>`.repeat(2)}</sheets></workbook>`,
        },
      },
    ],
    ["styles that are not there", { styles: "", parts: { "xl/styles.xml": null } }],
    ["no workbook", { parts: { "xl/workbook.xml": null } }],
    ["no links at all", { parts: { "_rels/.rels": null } }],
    ["no sheets", { sheets: [] }],
  ])("%s", async (_what, more) => {
    const file = writtenWorkbook({ sheets: [{ rows: `<row><c s="4"><v>1</v></c></row>` }], ...more });
    await expect(tablesIn(file)).rejects.toMatchObject({ code: expect.stringMatching(/^damaged-/) });
  });
});

test("a sheet that ends in row 65,536 is refused as cut off, and one that goes past it is not", async () => {
  const row = (number: number): string => `<row r="${number}"><c><v>${number}</v></c></row>`;
  await expect(cells(row(1) + row(65_536))).rejects.toMatchObject({ code: "cut-off-at-65536", row: 65_536 });
  expect(await cells(row(65_536) + row(65_537))).toHaveLength(2);
  expect(await cells(row(65_535) + `<row r="65536"/>`)).toHaveLength(1);
});
