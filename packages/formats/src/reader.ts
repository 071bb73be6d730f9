import { kindOf } from "./file-kind.ts";
import { FileRejected } from "./problem.ts";
import { readCsv } from "./read-csv.ts";

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

/** For each kind of file who reads it, or why nobody does. */
const readers: { [K in ReturnType<typeof kindOf>]: TableReader | Refusal } = {
  csv: readCsv,
  workbook: {
    code: "workbook-not-read-yet",
    message: 'This is a spreadsheet workbook. Workbooks are not read yet: save the sheet as "CSV UTF-8" and send that.',
  },
  archive: { code: "not-a-table", message: "This is a compressed archive. Unpack it and send the CSV file in it." },
  pdf: { code: "not-a-table", message: "This is a PDF document. Send the figures as a CSV file." },
  image: { code: "not-a-table", message: "This is a picture. Send the figures as a CSV file." },
  page: {
    code: "not-a-table",
    message: "This is a web page or a document, not a table. Send the figures as a CSV file.",
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
