import { type FileKind, kindOf } from "./file-kind.ts";
import { FileRejected } from "./problem.ts";
import { readCsv } from "./read-csv.ts";
import { readXls } from "./workbook/read-xls.ts";
import { readZip } from "./workbook/read-zip.ts";

/** One sheet of a workbook, as it is met; a CSV file is one sheet without a name. `place` counts from 0. */
export interface SheetSeen {
  name: string;
  hidden: boolean;
  place: number;
}

/**
 * What a reader hands a file's tables to. `wants` says whether a sheet is read at all. Cells are text in the contract's
 * notations; `row` is the number that a spreadsheet program shows, and rows that are not there are not handed over.
 */
export interface TableSink {
  wants(sheet: SheetSeen): boolean;
  onRow(cells: readonly string[], row: number, hidden: boolean): void;
  sheetEnds(sheet: SheetSeen): void;
  /** Something about the whole file that a person should know, and that does not stand against reading it. */
  warn(code: string, message: string): void;
}

/** Hands over a file's sheets and rows in order. Throws FileRejected for a file that is no such table, or half of one. */
export type TableReader = (bytes: Buffer, sink: TableSink) => Promise<void>;

interface Refusal {
  code: string;
  message: string;
}

const MOST_BYTES = 50 * 1024 * 1024;

const SEND = "Send the figures as an Excel workbook (.xlsx) or as a CSV file.";
const notATable = (what: string): Refusal => ({ code: "not-a-table", message: `This is ${what}. ${SEND}` });

/** For each kind of file who reads it, or why nobody does. */
const readers: { [K in FileKind]: TableReader | Refusal } = {
  csv: readCsv,
  zip: readZip,
  compound: readXls,
  archive: notATable("a compressed archive of a kind that is not opened"),
  pdf: notATable("a PDF document"),
  image: notATable("a picture"),
  page: notATable("a web page or a document, whatever its name says"),
  "xml-spreadsheet": {
    code: "kind-not-read",
    message: "This is an XML spreadsheet of 2003. Open it, save it as an Excel workbook (.xlsx) and send that.",
  },
  nothing: { code: "empty-file", message: "The file is empty." },
};

/** The reader for a file, chosen by its content. Throws FileRejected, saying what to do, where nobody reads it. */
export function readerFor(bytes: Buffer, mediaType: string): TableReader {
  if (bytes.length > MOST_BYTES) {
    throw new FileRejected("too-large", "The file is larger than 50 MB. Split it by period and send the parts.");
  }
  const reader = readers[kindOf(bytes)];
  if (typeof reader === "function") return reader;
  const sentAs = mediaType === "text/csv" && reader.code !== "empty-file" ? " It was sent as text/csv." : "";
  throw new FileRejected(reader.code, reader.message + sentAs);
}
