import type { FileRejected } from "../problem.ts";
import type { TableSink } from "../reader.ts";
import type { CellBudget } from "./cell-budget.ts";
import { type CellMeaning, cellText, type XlsxCell } from "./xlsx-cell.ts";
import { attributesOf, isTrue } from "./xml-attributes.ts";
import { brokenPart, scanXml, type XmlSink } from "./xml-scanner.ts";
import { joined, RichText } from "./xlsx-strings.ts";
import type { ZipArchive } from "./zip-archive.ts";

const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
const REFERENCE = /^([A-Z]{1,3})(\d{1,7})$/;

interface SheetMeaning extends CellMeaning {
  readonly budget: CellBudget;
}

/**
 * Hands over a sheet's rows that have any text, as they are unpacked. What it says of its own size is not
 * believed. Answers the last row's number.
 */
export async function readSheet(
  zip: ZipArchive,
  part: string,
  meaning: SheetMeaning,
  sink: TableSink,
): Promise<number> {
  const rows = new SheetRows(part, meaning, sink);
  await scanXml(part, zip.pieces(part), rows);
  if (!rows.found) throw brokenPart(part, "holds no table");
  return rows.last;
}

/** Where the scan stands: outside the table, between rows, in a row, in a cell, in one of a cell's elements, or passing over. */
type Place = "outside" | "table" | "row" | "cell" | "value" | "formula" | "inline" | "aside";

class SheetRows implements XmlSink {
  found = false;
  last = 0;
  readonly #part: string;
  readonly #meaning: SheetMeaning;
  readonly #sink: TableSink;
  readonly #inline: RichText;
  #place: Place = "outside";
  #depth = 0;
  /** How many elements are open within what is passed over or gathered. */
  #within = 0;
  #back: Place = "outside";
  #row = 0;
  #hidden = false;
  #cells: string[] = [];
  #column = 0;
  #cell: XlsxCell = { type: "n", style: undefined, value: null, formula: null, inline: null };

  constructor(part: string, meaning: SheetMeaning, sink: TableSink) {
    this.#part = part;
    this.#inline = new RichText(part);
    this.#meaning = meaning;
    this.#sink = sink;
  }

  open(name: string, attributes: string): void {
    this.#depth++;
    switch (this.#place) {
      case "outside":
        if (this.#depth === 2 && name === "sheetData") this.#beginTable();
        return;
      case "table":
        if (name !== "row") return this.#aside(name);
        return this.#beginRow(attributesOf(this.#part, attributes));
      case "row":
        if (name !== "c") return this.#aside(name);
        return this.#beginCell(attributesOf(this.#part, attributes));
      case "cell":
        return this.#beginPartOfCell(name);
      case "inline":
        this.#within++;
        return this.#inline.open(name);
      case "aside":
        this.#within++;
        return;
      case "value":
      case "formula":
        throw brokenPart(this.#part, `has an element within a value in row ${this.#row}`, this.#row);
    }
  }

  text(text: string): void {
    if (this.#place === "value") this.#cell.value = joined(this.#part, this.#cell.value ?? "", text);
    else if (this.#place === "formula") this.#cell.formula = joined(this.#part, this.#cell.formula ?? "", text);
    else if (this.#place === "inline") this.#inline.add(text);
    else if ((this.#place === "cell" || this.#place === "row" || this.#place === "table") && text.trim() !== "") {
      throw brokenPart(this.#part, `has text outside a cell after row ${this.#row}`, this.#row);
    }
  }

  close(name: string): void {
    this.#depth--;
    switch (this.#place) {
      case "outside":
        return;
      case "table":
        this.#place = "outside";
        return;
      case "row":
        return this.#endRow();
      case "cell":
        return this.#endCell();
      case "value":
      case "formula":
        this.#place = "cell";
        return;
      case "inline":
        if (this.#within > 0) {
          this.#within--;
          return this.#inline.close(name);
        }
        this.#cell.inline = this.#inline.end();
        this.#place = "cell";
        return;
      case "aside":
        if (this.#within === 0) this.#place = this.#back;
        else this.#within--;
    }
  }

  #beginTable(): void {
    if (this.found) throw brokenPart(this.#part, "holds two tables");
    this.found = true;
    this.#place = "table";
  }

  /** Extensions may stand anywhere; of any other element in a table nobody knows whether it is figures. */
  #aside(name: string): void {
    if (name !== "extLst") {
      throw brokenPart(this.#part, `has an unknown element ${name.slice(0, 40)} after row ${this.#row}`, this.#row);
    }
    this.#back = this.#place;
    this.#place = "aside";
    this.#within = 0;
  }

  #beginRow(attributes: ReadonlyMap<string, string>): void {
    const said = attributes.get("r");
    const row = said === undefined ? this.#row + 1 : wholeNumber(said);
    if (row <= this.#row || row > MOST_ROWS) {
      throw brokenPart(
        this.#part,
        `has the row ${(said ?? String(row)).slice(0, 20)} after row ${this.#row}`,
        this.#row,
      );
    }
    this.#row = row;
    this.#hidden = isTrue(attributes.get("hidden"));
    this.#cells = [];
    this.#column = 0;
    this.#place = "row";
  }

  #endRow(): void {
    this.#place = "table";
    if (this.#cells.length === 0) return;
    this.#meaning.budget.spend(this.#cells.length);
    this.last = this.#row;
    this.#sink.onRow(this.#cells, this.#row, this.#hidden);
  }

  #beginCell(attributes: ReadonlyMap<string, string>): void {
    const reference = attributes.get("r");
    const column = reference === undefined ? this.#column + 1 : this.#columnOf(reference);
    if (column <= this.#column || column > MOST_COLUMNS) {
      const said = reference?.slice(0, 20) ?? `column ${column}`;
      throw brokenPart(this.#part, `has the cell ${said} out of place in row ${this.#row}`, this.#row);
    }
    this.#meaning.budget.spend(1);
    this.#column = column;
    const style = attributes.get("s");
    this.#cell = { type: attributes.get("t") ?? "n", style, value: null, formula: null, inline: null };
    this.#place = "cell";
  }

  /** The column of a reference such as AB12, from 1; its row must be the row that it stands in. */
  #columnOf(reference: string): number {
    const [, letters = "", row] = REFERENCE.exec(reference) ?? [];
    if (Number(row) !== this.#row) return 0;
    let column = 0;
    for (let at = 0; at < letters.length; at++) column = 26 * column + letters.charCodeAt(at) - 64;
    return column;
  }

  #beginPartOfCell(name: string): void {
    const cell = this.#cell;
    if (name === "v" && cell.value === null) {
      cell.value = "";
      this.#place = "value";
    } else if (name === "f" && cell.formula === null) {
      cell.formula = "";
      this.#place = "formula";
    } else if (name === "is" && cell.inline === null) {
      this.#within = 0;
      this.#inline.begin();
      this.#place = "inline";
    } else this.#aside(name);
  }

  #endCell(): void {
    this.#place = "row";
    const text = cellText(this.#cell, this.#meaning);
    if (text === null) throw this.#unreadable();
    if (text === "") return;
    while (this.#cells.length < this.#column - 1) this.#cells.push("");
    this.#cells.push(text);
  }

  #unreadable(): FileRejected {
    const value = (this.#cell.value ?? "").slice(0, 20);
    const what = `has a cell in row ${this.#row}, column ${this.#column} that cannot be read ("${value}")`;
    return brokenPart(this.#part, what, this.#row);
  }
}

function wholeNumber(text: string): number {
  return /^\d{1,7}$/.test(text) ? Number(text) : 0;
}
