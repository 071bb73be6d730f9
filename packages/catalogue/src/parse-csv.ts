import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { LONGEST_LINE, readBytes, UnreadableFile } from "./read-bytes.ts";

/** One record with the line it begins at; a quoted cell may hold line breaks, so a record may have several lines. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const LINE_BREAK = /\r\n|\n|\r/g;

/** The records of a CSV file (RFC 4180), blank ones too, in order. Throws UnreadableFile where a quote is wrong. */
export async function* parseCsv(path: string): AsyncGenerator<CsvRecord> {
  const parser = parse({
    bom: true,
    relax_column_count: true,
    // Named, not found out: a file may have both, and csv-parse would take the first for all.
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: LONGEST_LINE,
  });
  const source = Readable.from(readBytes(path));
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  let line = 1;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      yield { line, cells };
      line += 1 + linesWithin(cells);
    }
  } catch (error) {
    throw error instanceof CsvError ? new UnreadableFile(line, faultOf(error)) : error;
  } finally {
    source.destroy();
  }
}

function linesWithin(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes("\n") || cell.includes("\r")) count += cell.match(LINE_BREAK)?.length ?? 0;
  }
  return count;
}

function faultOf(error: CsvError): string {
  switch (error.code) {
    case "CSV_QUOTE_NOT_CLOSED":
    case "CSV_MAX_RECORD_SIZE":
      return "a quote is opened in this row and never closed; what follows is not read";
    case "CSV_INVALID_CLOSING_QUOTE":
    case "INVALID_OPENING_QUOTE":
      return 'a quote stands within a cell; put the whole cell in quotes and write the quote twice (""); what follows is not read';
    default:
      return "the row cannot be read as CSV; what follows is not read";
  }
}
