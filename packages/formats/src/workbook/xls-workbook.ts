import { FileRejected } from "../problem.ts";
import { BiffText, sharedTexts } from "./biff-text.ts";
import { RECORD, recordsFrom } from "./biff-records.ts";
import { damagedCompound } from "./compound-file.ts";
import { kindOfBuiltIn, kindOfCode, type NumberKind } from "./number-format.ts";
import type { CellMeaning } from "./xlsx-cell.ts";
import { MOST_SHEETS, tooManySheets } from "./xlsx-parts.ts";
import { encrypted } from "./zip-archive.ts";

const BIFF8 = 0x0600;
const TABLE = 0;

export interface XlsWorkbook extends CellMeaning {
  /** The workbook's tables in their order, and where in the stream each begins. */
  sheets: { name: string; hidden: boolean; start: number }[];
}

/** What a BIFF8 stream says of the whole workbook. Charts and macro sheets are no tables. */
export function xlsWorkbookOf(stream: Buffer): XlsWorkbook {
  const sheets: XlsWorkbook["sheets"] = [];
  const codes = new Map<number, NumberKind>();
  const styles: number[] = [];
  let strings: string[] = [];
  let from1904 = false;
  for (const { id, data, blocks } of recordsFrom(stream, 0)) {
    const fields = new BiffText([data]);
    if (id === RECORD.begin && fields.short() !== BIFF8) throw tooOld();
    else if (id === RECORD.filePass) throw encrypted();
    else if (id === RECORD.dateMode) from1904 = fields.short() === 1;
    else if (id === RECORD.format.code) codes.set(fields.short(), kindOfCode(new BiffText(blocks(), 2).string()));
    else if (id === RECORD.format.style) styles.push(data.length >= 4 ? data.readUInt16LE(2) : 0);
    else if (id === RECORD.sharedStrings) strings = sharedTexts(blocks());
    else if (id === RECORD.boundSheet) {
      const start = fields.long();
      const hidden = (fields.byte() & 3) !== 0;
      const isTable = fields.byte() === TABLE;
      const name = fields.string(fields.byte());
      if (sheets.some((other) => other.start === start)) throw damagedCompound("it names a sheet twice");
      if (isTable && sheets.push({ name, hidden, start }) > MOST_SHEETS) throw tooManySheets();
    }
  }
  if (sheets.length === 0) throw damagedCompound("it names no sheet with a table");
  const kinds = styles.map((code) => codes.get(code) ?? kindOfBuiltIn(code));
  return { sheets, strings, kinds, from1904 };
}

function tooOld(): FileRejected {
  const message = "The workbook is of a kind older than Excel 97. Open it, save it as .xlsx and send that.";
  return new FileRejected("kind-not-read", message);
}
