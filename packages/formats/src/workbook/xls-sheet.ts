import type { TableSink } from "../reader.ts";
import { type BiffRecord, RECORD, recordsFrom } from "./biff-records.ts";
import { BiffText } from "./biff-text.ts";
import type { CellBudget } from "./cell-budget.ts";
import { damagedCompound } from "./compound-file.ts";
import { numberText } from "./number-text.ts";
import type { XlsWorkbook } from "./xls-workbook.ts";

const HIDDEN = 0x20;
const ERRORS: Readonly<Record<number, string>> = {
  0x00: "#NULL!",
  0x07: "#DIV/0!",
  0x0f: "#VALUE!",
  0x17: "#REF!",
  0x1d: "#NAME?",
  0x24: "#NUM!",
  0x2a: "#N/A",
  0x2b: "#GETTING_DATA",
};
const FORMULA_HAS = { text: 0, truth: 1, error: 2, nothing: 3 } as const;

/** Hands over the rows of a BIFF8 sheet that have any text, as they stand in the stream; answers the last one's number. */
export function readXlsSheet(
  stream: Buffer,
  start: number,
  { workbook, budget, sink }: { workbook: XlsWorkbook; budget: CellBudget; sink: TableSink },
): number {
  const rows = new XlsRows(workbook, budget, sink);
  for (const record of recordsFrom(stream, start)) rows.take(record);
  return rows.end();
}

class XlsRows {
  readonly #workbook: XlsWorkbook;
  readonly #budget: CellBudget;
  readonly #sink: TableSink;
  readonly #hidden = new Set<number>();
  #row = 0;
  #last = 0;
  #cells: string[] = [];
  /** The column of a formula whose text is still to come, or -1. */
  #awaitsText = -1;

  constructor(workbook: XlsWorkbook, budget: CellBudget, sink: TableSink) {
    this.#workbook = workbook;
    this.#budget = budget;
    this.#sink = sink;
  }

  take({ id, data, blocks }: BiffRecord): void {
    switch (id) {
      case RECORD.row:
        if (field(data, 12) & HIDDEN) this.#hidden.add(field(data, 0) + 1);
        return;
      case RECORD.sharedString:
        return this.#cell(data, 0, this.#shared(data));
      case RECORD.text:
      case RECORD.richText:
        return this.#cell(data, 0, new BiffText(blocks(), 6).string());
      case RECORD.number:
        return this.#cell(data, 0, this.#number(field(data, 4), double(data, 6)));
      case RECORD.rk:
        return this.#cell(data, 0, this.#number(field(data, 4), rkNumber(data, 6)));
      case RECORD.manyRk:
        for (let at = 4; at + 8 <= data.length; at += 6) {
          this.#cell(data, (at - 4) / 6, this.#number(field(data, at), rkNumber(data, at + 2)));
        }
        return;
      case RECORD.boolOrError:
        return this.#cell(data, 0, truthOrError(data[6], data[7] === 1));
      case RECORD.formula:
        return this.#formula(data);
      case RECORD.formulaText:
        if (this.#awaitsText < 0) throw damagedCompound("a formula's text is out of place");
        this.#put(this.#awaitsText, new BiffText(blocks()).string());
        this.#awaitsText = -1;
        return;
      default:
    }
  }

  end(): number {
    if (this.#awaitsText >= 0) throw damagedCompound("a formula lacks its text");
    this.#handOver();
    return this.#last;
  }

  #formula(data: Buffer): void {
    if (field(data, 12) !== 0xffff) {
      this.#cell(data, 0, this.#number(field(data, 4), double(data, 6)));
      return;
    }
    const has = data[6];
    if (has === FORMULA_HAS.truth || has === FORMULA_HAS.error) {
      this.#cell(data, 0, truthOrError(data[8], has === FORMULA_HAS.error));
    } else {
      this.#cell(data, 0, "");
      if (has === FORMULA_HAS.text) this.#awaitsText = field(data, 2);
    }
  }

  #cell(data: Buffer, further: number, text: string): void {
    if (this.#awaitsText >= 0) throw damagedCompound("a formula lacks its text");
    const row = field(data, 0) + 1;
    if (row < this.#row) throw damagedCompound(`row ${row} stands after row ${this.#row}`);
    if (row > this.#row) {
      this.#handOver();
      this.#row = row;
    }
    this.#budget.spend(1);
    this.#put(field(data, 2) + further, text);
  }

  #put(column: number, text: string): void {
    if (text === "") return;
    if (this.#cells[column]) throw damagedCompound(`row ${this.#row} has a cell twice`);
    while (this.#cells.length < column) this.#cells.push("");
    this.#cells[column] = text;
  }

  #handOver(): void {
    const cells = this.#cells;
    if (cells.length === 0) return;
    this.#budget.spend(cells.length);
    this.#sink.onRow(cells, this.#row, this.#hidden.has(this.#row));
    this.#last = this.#row;
    this.#cells = [];
  }

  #number(style: number, value: number): string {
    const kind = this.#workbook.kinds[style];
    if (kind === undefined || !Number.isFinite(value)) throw damagedCompound("a number has no meaning");
    return numberText(value, kind, this.#workbook.from1904);
  }

  #shared(data: Buffer): string {
    const text = data.length < 10 ? undefined : this.#workbook.strings[data.readUInt32LE(6)];
    if (text === undefined) throw damagedCompound("a cell names a text that is not there");
    return text;
  }
}

function field(data: Buffer, at: number): number {
  if (at + 2 > data.length) throw damagedCompound("a record is too short");
  return data.readUInt16LE(at);
}

function double(data: Buffer, at: number): number {
  if (at + 8 > data.length) throw damagedCompound("a record is too short");
  return data.readDoubleLE(at);
}

/** A number in four bytes: a whole one or the upper half of a double, either of them perhaps times a hundred. */
function rkNumber(data: Buffer, at: number): number {
  if (at + 4 > data.length) throw damagedCompound("a record is too short");
  const bits = data.readInt32LE(at);
  const upper = Buffer.alloc(8);
  upper.writeInt32LE(bits & ~3, 4);
  const value = bits & 2 ? bits >> 2 : upper.readDoubleLE(0);
  return bits & 1 ? value / 100 : value;
}

function truthOrError(value: number | undefined, isError: boolean): string {
  const text = isError ? ERRORS[value ?? -1] : value === 1 ? "TRUE" : value === 0 ? "FALSE" : undefined;
  if (text === undefined) throw damagedCompound("a cell holds neither TRUE nor FALSE");
  return text;
}
