import { CsvError, parse } from "csv-parse";
import { LONGEST_LINE, readBytes, UnreadableFile } from "./read-bytes.ts";

/** One record with the line it begins at; a quoted cell may hold line breaks, so a record may have several lines. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const LINE_BREAK = /\r\n|\n|\r/g;

/**
 * The records of a CSV file (RFC 4180), blank ones too, in order and by the batch. Throws UnreadableFile where a quote is
 * wrong, after what stands before it.
 */
export async function* parseCsv(pieces: AsyncIterable<Buffer>): AsyncGenerator<readonly CsvRecord[]> {
  let batch: CsvRecord[] = [];
  let line = 1;
  const parser = parse({
    bom: true,
    relax_column_count: true,
    // Named, not found out: a file may have both, and csv-parse would take the first for all.
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: LONGEST_LINE,
    // Records are taken here and not from the stream, which drops those it still holds when a later one is wrong.
    on_record(cells: string[]) {
      batch.push({ line, cells });
      line += 1 + linesWithin(cells);
      return null;
    },
  });
  parser.on("error", () => {}); // Each write tells its own.
  try {
    for await (const bytes of readBytes(pieces)) {
      await settled((done) => parser.write(bytes, done));
      yield batch;
      batch = [];
    }
    await settled((done) => parser.end(done));
  } catch (error) {
    yield batch;
    throw error instanceof CsvError ? new UnreadableFile(line, faultOf(error)) : error;
  } finally {
    parser.destroy();
  }
  yield batch;
}

function settled(act: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    act((error) => (error ? reject(error) : resolve()));
  });
}

function linesWithin(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes("\n") || cell.includes("\r")) count += cell.match(LINE_BREAK)?.length ?? 0;
  }
  return count;
}

const LEFT_OPEN = "a quote is opened in this row and never closed; what follows is not read";
const WITHIN_A_CELL =
  'a quote stands within a cell; put the whole cell in quotes and write the quote twice (""); what follows is not read';

const FAULTS: Readonly<Partial<Record<CsvError["code"], string>>> = {
  CSV_QUOTE_NOT_CLOSED: LEFT_OPEN,
  CSV_MAX_RECORD_SIZE: LEFT_OPEN,
  CSV_INVALID_CLOSING_QUOTE: WITHIN_A_CELL,
  INVALID_OPENING_QUOTE: WITHIN_A_CELL,
};

function faultOf(error: CsvError): string {
  return FAULTS[error.code] ?? "the row cannot be read as CSV; what follows is not read";
}
