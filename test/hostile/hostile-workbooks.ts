import { drawnZip } from "../../packages/formats/src/workbook/drawn-zip.ts";
import {
  link,
  relationships,
  type WrittenWorkbook,
  writtenParts,
  writtenWorkbook,
} from "../../packages/formats/src/workbook/testing.ts";
import { cellsOf, GOOD_CELLS, HEADER, HEADER_CELLS, type HostileFile } from "./hostile-file.ts";

const MB = 2 ** 20;
const ROWS = `<row>${HEADER_CELLS}</row><row>${GOOD_CELLS}</row>`;
const LAUGHS = `<!DOCTYPE lolz [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, place) => `<!ENTITY ${"b".repeat(place + 1)} "${`&${place === 0 ? "a" : "b".repeat(place)};`.repeat(10)}">`).join("")}]>`;

const book = (workbook: WrittenWorkbook) => (): Buffer => writtenWorkbook(workbook);
const sheet = (part: string) => book({ sheets: [{ part }] });
const rows = (more: string) => book({ sheets: [{ rows: more }] });

/** A workbook whose parts are stored as they are, so that it is as large as it unpacks to. */
function stored(workbook: WrittenWorkbook): Buffer {
  return drawnZip(writtenParts(workbook).map((part) => ({ ...part, stored: true })));
}

/** A row of this number of cells with a text in each. */
const wide = (cells: number): string =>
  `<row>${cellsOf(Array.from({ length: cells }, (_, place) => `c${place}`))}</row>`;

const emptyRows = (count: number): string =>
  Array.from({ length: count }, (_, place) => `<row r="${place + 3}"/>`).join("");

/** A workbook that names its one sheet again and again. */
const sheetsNamed = (count: number): string =>
  `<workbook><sheets>${`<sheet name="S" r:id="rId1"/>`.repeat(count)}</sheets></workbook>`;

const DAMAGED = "damaged-workbook";

export const hostileWorkbooks: readonly HostileFile[] = [
  {
    what: "a billion laughs in a sheet",
    bytes: sheet(`${LAUGHS}<worksheet><sheetData/>&${"b".repeat(20)};</worksheet>`),
    comes: DAMAGED,
  },
  {
    what: "a billion laughs in the shared texts",
    bytes: book({ sheets: [{ rows: ROWS }], parts: { "xl/sharedStrings.xml": `${LAUGHS}<sst/>` }, strings: "" }),
    comes: DAMAGED,
  },
  {
    what: "a billion laughs in the links",
    bytes: book({ sheets: [{}], parts: { "_rels/.rels": `${LAUGHS}<Relationships/>` } }),
    comes: DAMAGED,
  },
  {
    what: "an entity from the file system",
    bytes: sheet(
      `<!DOCTYPE x [<!ENTITY p SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&p;</v></c></row></sheetData></worksheet>`,
    ),
    comes: DAMAGED,
  },
  { what: "elements 100,000 deep", bytes: sheet(`${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}`), comes: DAMAGED },
  {
    what: "a tag with 20,000 attributes",
    bytes: rows(`<row ${Array.from({ length: 20_000 }, (_, place) => `a${place}="1"`).join(" ")}/>${ROWS}`),
    comes: 1,
  },
  {
    what: "a tag that never ends",
    bytes: () => stored({ sheets: [{ part: `<worksheet ${"x".repeat(32 * MB)}` }] }),
    comes: DAMAGED,
  },
  {
    what: "a comment of 32 MB",
    bytes: () => stored({ sheets: [{ part: `<worksheet><!--${"x".repeat(32 * MB)}--></worksheet>` }] }),
    comes: DAMAGED,
  },
  {
    what: "a cell of 32 MB",
    bytes: () => stored({ sheets: [{ rows: `<row>${cellsOf(["x".repeat(32 * MB)])}</row>` }] }),
    comes: DAMAGED,
  },
  {
    what: "a cell of 32 MB in pieces",
    bytes: () =>
      stored({
        sheets: [
          { rows: `<row><c t="inlineStr"><is>${`<r><t>${"x".repeat(100_000)}</t></r>`.repeat(320)}</is></c></row>` },
        ],
      }),
    comes: DAMAGED,
  },
  {
    what: "a shared text of 32 MB",
    bytes: () => stored({ sheets: [{ rows: ROWS }], strings: `<si><t>${"x".repeat(32 * MB)}</t></si>` }),
    comes: DAMAGED,
  },
  { what: "a million empty rows after the table", bytes: rows(ROWS + emptyRows(1_000_000)), comes: 1 },
  { what: "more rows than there can be", bytes: rows(ROWS + emptyRows(1_048_575)), comes: DAMAGED },
  {
    what: "the two far corners of a sheet",
    bytes: rows(`<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`),
    comes: "missing-columns",
  },
  {
    what: "1,900 rows to the last column",
    bytes: rows(
      ROWS +
        Array.from(
          { length: 1_900 },
          (_, place) => `<row r="${place + 3}"><c r="XFD${place + 3}"><v>1</v></c></row>`,
        ).join(""),
    ),
    comes: "too-many-cells",
  },
  { what: "16,384 columns", bytes: rows(wide(16_384)), comes: "too-many-columns" },
  { what: "16,385 columns", bytes: rows(wide(16_385)), comes: DAMAGED },
  { what: "a column before the first", bytes: rows(`<row r="1"><c r="@1"/></row>`), comes: DAMAGED },
  {
    what: "dimensions beyond all sense",
    bytes: sheet(`<worksheet><dimension ref="A1:ZZZZZ99999999"/><sheetData>${ROWS}</sheetData></worksheet>`),
    comes: 1,
  },
  {
    what: "a shared text out of range",
    bytes: book({ sheets: [{ rows: `<row><c t="s"><v>4294967295</v></c></row>` }], strings: "<si/>" }),
    comes: DAMAGED,
  },
  {
    what: "a shared formula that refers to itself",
    bytes: rows(
      `<row>${HEADER_CELLS}</row><row>${GOOD_CELLS.replace("<v>7", `<f t="shared" si="0" ref="D2:D9">D2</f><v>7`)}</row>`,
    ),
    comes: 1,
  },
  {
    what: "links in a circle",
    bytes: book({
      sheets: [{ rows: ROWS }],
      parts: { "xl/_rels/workbook.xml.rels": relationships(link("rId1", "worksheet", "workbook.xml")) },
    }),
    comes: DAMAGED,
  },
  {
    what: "a workbook that is its own main part's link",
    bytes: book({
      sheets: [{}],
      parts: { "_rels/.rels": relationships(link("rId1", "officeDocument", "_rels/.rels")) },
    }),
    comes: DAMAGED,
  },
  {
    what: "a sheet that lies out of the archive",
    bytes: book({
      sheets: [{}],
      parts: { "xl/_rels/workbook.xml.rels": relationships(link("rId1", "worksheet", "../../../etc/passwd")) },
    }),
    comes: "damaged-archive",
  },
  {
    what: "a sheet on another machine",
    bytes: book({
      sheets: [{}],
      parts: {
        "xl/_rels/workbook.xml.rels": relationships(
          link("rId1", "worksheet", "https://example.org/sheet.xml", ` TargetMode="External"`),
        ),
      },
    }),
    comes: DAMAGED,
  },
  {
    what: "values from another workbook, as they were last seen",
    bytes: book({
      sheets: [{ rows: ROWS.replace("<v>7", "<f>[1]Sheet1!$A$1</f><v>7") }],
      parts: { "xl/externalLinks/externalLink1.xml": "<externalLink/>" },
    }),
    comes: 1,
  },
  {
    what: "macros",
    bytes: book({ sheets: [{ rows: ROWS }], parts: { "xl/vbaProject.bin": Buffer.alloc(10_000, 0xcc) } }),
    comes: 1,
  },
  {
    what: "content types of something else",
    bytes: book({
      sheets: [{ rows: ROWS }],
      parts: { "[Content_Types].xml": `<Types><Default Extension="xml" ContentType="image/png"/></Types>` },
    }),
    comes: 1,
  },
  {
    what: "a sheet that is missing",
    bytes: book({ sheets: [{ rows: ROWS }], parts: { "xl/worksheets/sheet1.xml": null } }),
    comes: "damaged-archive",
  },
  {
    what: "one sheet under 900 names",
    bytes: book({ sheets: [{ rows: ROWS }], parts: { "xl/workbook.xml": sheetsNamed(900) } }),
    comes: DAMAGED,
  },
  {
    what: "10,000 sheets",
    bytes: book({
      sheets: [{ rows: ROWS }],
      parts: {
        "xl/workbook.xml": sheetsNamed(10_000),
      },
    }),
    comes: "too-many-sheets",
  },
  {
    what: "a header with a name of __proto__",
    bytes: rows(`<row>${cellsOf([...HEADER.split(","), "__proto__", "constructor"])}</row><row>${GOOD_CELLS}</row>`),
    comes: 1,
  },
];
