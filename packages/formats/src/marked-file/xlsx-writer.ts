import { type Emit, Pieces, type TableWriter } from "./table-writer.ts";
import { HEAD, type Look, MAIN, MARKED_LOOK } from "./xlsx-look.ts";
import { attribute, cellXml, sheetName } from "./xlsx-text.ts";
import { ZipWriter } from "./zip-writer.ts";

/** A sheet of a workbook has no more rows than these. */
const MOST_ROWS = 1_048_576;
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Writes a workbook: each sheet a sheet, texts as texts and never as formulas, plain numbers as numbers. */
export class XlsxTableWriter implements TableWriter {
  readonly #zip: ZipWriter;
  readonly #pieces: Pieces;
  readonly #look: Look;
  readonly #sheets: { readonly name: string; readonly isHidden: boolean }[] = [];
  #last = { name: "", isHidden: false };
  #shift = 0;

  constructor(emit: Emit, look: Look = MARKED_LOOK) {
    this.#look = look;
    this.#zip = new ZipWriter(emit);
    this.#pieces = new Pieces((text) => this.#zip.add(Buffer.from(text)));
  }

  sheet(name: string, isHidden: boolean): void {
    this.#endSheet();
    this.#last = { name, isHidden };
    this.#shift = 0;
    this.#begin();
  }

  row(cells: readonly (string | number)[], row: number): void {
    if (row - this.#shift > MOST_ROWS) {
      this.#endSheet();
      this.#shift = row - 1;
      this.#begin();
    }
    const at = row - this.#shift;
    const { style, textsMayBeNumbers } = this.#look;
    const xml = cells
      .map((cell, place) => cellXml(cell, { place, row: at, style: style({ place, row }), textsMayBeNumbers }))
      .join("");
    this.#pieces.add(`<row r="${at}">${xml}</row>`);
  }

  end(): void {
    if (this.#sheets.length === 0) this.sheet("", false);
    this.#endSheet();
    const numbers = this.#sheets.map((_, at) => at + 1);
    this.#part("xl/styles.xml", this.#look.styles);
    const sheets = this.#sheets.map(({ name, isHidden }, at) => {
      const state = isHidden ? ' state="hidden"' : "";
      return `<sheet name="${attribute(name)}" sheetId="${at + 1}"${state} r:id="rId${at + 1}"/>`;
    });
    const workbook = `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join("")}</sheets></workbook>`;
    this.#part("xl/workbook.xml", HEAD + workbook);
    const links = [
      ...numbers.map((n) => relation(`rId${n}`, "worksheet", `worksheets/sheet${n}.xml`)),
      relation("rIdStyles", "styles", "styles.xml"),
    ];
    this.#part("xl/_rels/workbook.xml.rels", relations(links));
    this.#part("_rels/.rels", relations([relation("rId1", "officeDocument", "xl/workbook.xml")]));
    const kinds = [
      override("/xl/workbook.xml", `${TYPE}.sheet.main+xml`),
      override("/xl/styles.xml", `${TYPE}.styles+xml`),
      ...numbers.map((n) => override(`/xl/worksheets/sheet${n}.xml`, `${TYPE}.worksheet+xml`)),
    ];
    const rels = `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`;
    const types = `<Types xmlns="${PACKAGE}/content-types">${rels}${kinds.join("")}</Types>`;
    this.#part("[Content_Types].xml", HEAD + types);
    this.#zip.end();
  }

  #begin(): void {
    const { name, isHidden } = this.#last;
    const taken = new Set(this.#sheets.map((sheet) => sheet.name.toLowerCase()));
    this.#sheets.push({ name: sheetName(name || "Your file", taken), isHidden });
    this.#zip.entry(`xl/worksheets/sheet${this.#sheets.length}.xml`);
    this.#pieces.add(`${HEAD}<worksheet xmlns="${MAIN}">${this.#look.head}<sheetData>`);
  }

  #endSheet(): void {
    if (this.#sheets.length === 0) return;
    this.#pieces.add("</sheetData></worksheet>");
    this.#pieces.flush();
  }

  #part(name: string, text: string): void {
    this.#zip.entry(name);
    this.#zip.add(Buffer.from(text));
  }
}

function relation(id: string, kind: string, target: string): string {
  return `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
}

function relations(links: readonly string[]): string {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${links.join("")}</Relationships>`;
}

function override(part: string, type: string): string {
  return `<Override PartName="${part}" ContentType="${type}"/>`;
}
