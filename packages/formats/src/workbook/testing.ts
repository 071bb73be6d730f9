import { readerFor } from "../reader.ts";
import { drawnZip, type Packed } from "./drawn-zip.ts";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";

/** A sheet as its XML says it: what stands in `sheetData`, or the whole part. */
export interface WrittenSheet {
  name?: string;
  state?: "hidden" | "veryHidden";
  rows?: string;
  part?: string;
}

export interface WrittenWorkbook {
  sheets: readonly WrittenSheet[];
  /** The items of the shared strings. */
  strings?: string;
  /** What stands in the style sheet. */
  styles?: string;
  workbookPr?: string;
  /** Parts to add, or to put in place of those of the same name; null leaves one out. */
  parts?: Readonly<Record<string, string | Buffer | null>>;
}

/** The parts of a workbook, written by hand: what a test is about stands in it as a spreadsheet program would write it. */
export function writtenParts({ sheets, strings, styles, workbookPr = "", parts = {} }: WrittenWorkbook): Packed[] {
  const listed = sheets.map(({ name = "Sheet1", state }, place) => {
    const hidden = state === undefined ? "" : ` state="${state}"`;
    return `<sheet name="${name}" sheetId="${place + 1}"${hidden} r:id="rId${place + 1}"/>`;
  });
  const links = sheets.map((_, place) => link(`rId${place + 1}`, "worksheet", `worksheets/sheet${place + 1}.xml`));
  if (strings !== undefined) links.push(link("rId901", "sharedStrings", "sharedStrings.xml"));
  if (styles !== undefined) links.push(link("rId902", "styles", "styles.xml"));
  const all: Record<string, string | Buffer | null> = {
    "[Content_Types].xml": `<Types xmlns="${TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    "_rels/.rels": relationships(link("rId1", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${workbookPr}<sheets>${listed.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relationships(links.join("")),
    "xl/sharedStrings.xml": strings === undefined ? null : `<sst xmlns="${MAIN}">${strings}</sst>`,
    "xl/styles.xml": styles === undefined ? null : `<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`,
  };
  for (const [place, { rows = "", part }] of sheets.entries()) {
    const whole = `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`;
    all[`xl/worksheets/sheet${place + 1}.xml`] = part ?? whole;
  }
  const written: Packed[] = [];
  for (const [name, bytes] of Object.entries({ ...all, ...parts })) if (bytes !== null) written.push({ name, bytes });
  return written;
}

/** A workbook written by hand. */
export function writtenWorkbook(workbook: WrittenWorkbook): Buffer {
  return drawnZip(writtenParts(workbook));
}

export function relationships(links: string): string {
  return `<Relationships xmlns="${PACKAGE}">${links}</Relationships>`;
}

export function link(id: string, kind: string, target: string, mode = ""): string {
  return `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"${mode}/>`;
}

/** What a reader hands over, sheet by sheet: each row's number with its cells, and a word where it is hidden. */
export interface SeenTable {
  name: string;
  hidden: boolean;
  rows: (readonly [row: number, cells: readonly string[], hidden?: "hidden"])[];
}

/** Reads a file by the reader that its content asks for; sheets that `unwanted` names are passed over. */
export async function tablesIn(
  bytes: Buffer,
  unwanted: readonly string[] = [],
): Promise<{ tables: SeenTable[]; warnings: string[] }> {
  const tables: SeenTable[] = [];
  const warnings: string[] = [];
  await readerFor(bytes, "application/octet-stream")(bytes, {
    wants({ name, hidden }) {
      if (unwanted.includes(name)) return false;
      tables.push({ name, hidden, rows: [] });
      return true;
    },
    onRow: (cells, row, hidden) => tables.at(-1)?.rows.push(hidden ? [row, [...cells], "hidden"] : [row, [...cells]]),
    sheetEnds() {},
    warn: (code) => warnings.push(code),
  });
  return { tables, warnings };
}

/** The cells of the first sheet's rows. */
export async function cellsIn(bytes: Buffer): Promise<(readonly string[])[]> {
  const { tables } = await tablesIn(bytes);
  return tables[0]?.rows.map(([, cells]) => cells) ?? [];
}
