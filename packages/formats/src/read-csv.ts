import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { encodingOf, type Pieces, utf8Pieces } from "./encoding.ts";
import { FileRejected } from "./problem.ts";
import { OLD_LAST_ROW } from "./workbook/cut-off.ts";
import type { SheetSeen, TableReader, TableSink } from "./reader.ts";

const PIECE = 1 << 16;
const LONGEST_ROW = 1 << 18;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const ONLY_SHEET: SheetSeen = { name: "", hidden: false, place: 0 };

/** Reads RFC 4180, strictly about quotes. Gives way to other work after each 64 KB. */
export const readCsv: TableReader = (bytes, sink) => readCsvPieces(() => piecesOf(bytes), sink);

/** Reads a CSV file that comes in pieces, twice: once for its encoding, once for its rows. */
export async function readCsvPieces(pieces: Pieces, sink: TableSink): Promise<void> {
  if (!sink.wants(ONLY_SHEET)) return;
  const encoding = await encodingOf(pieces);
  const ends = new FileEnd();
  let endsInLine = 0;
  let row = 0;
  const parser = parse({
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    max_record_size: LONGEST_ROW,
    // What is handed over here is not kept by the parser.
    on_record: (cells: string[], { lines }) => {
      row++;
      endsInLine = lines;
      ends.row(cells.length);
      sink.onRow(cells, row, false);
      return null;
    },
  });
  parser.resume();
  try {
    await pipeline(Readable.from(unhurried(ends.watched(utf8Pieces(pieces, encoding)))), parser);
  } catch (error) {
    throw error instanceof CsvError ? rejection(error, endsInLine + 1, row + 1) : error;
  }
  ends.warn(row, sink);
  sink.sheetEnds(ONLY_SHEET);
}

/** Watches for the two marks that a file was cut off: neither is proof, and notes at a file's end look like the second. */
class FileEnd {
  #before = 0;
  #last = 0;
  #byte = 0;

  row(cells: number): void {
    this.#before = this.#last;
    this.#last = cells;
  }

  async *watched(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      this.#byte = piece.at(-1) ?? this.#byte;
      yield piece;
    }
  }

  warn(rows: number, sink: TableSink): void {
    if (rows === OLD_LAST_ROW) {
      const message =
        "The file has 65,536 rows, where older spreadsheet programs cut off the rest. See that it is whole.";
      sink.warn("may-be-cut-off", message);
    } else if (this.#byte !== LINE_FEED && this.#byte !== CARRIAGE_RETURN && this.#last < this.#before) {
      const message = `The last row, ${rows}, has fewer cells than the one before it and no line end. See that the file is whole.`;
      sink.warn("may-be-cut-off", message);
    }
  }
}

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
}

async function* unhurried(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    yield piece;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function rejection({ code }: CsvError, line: number, row: number): FileRejected {
  const where = `The row that begins in line ${line}`;
  if (code === "CSV_QUOTE_NOT_CLOSED") {
    return new FileRejected("open-quote", `${where} opens a quote that is never closed.`, row);
  }
  if (code === "CSV_MAX_RECORD_SIZE") {
    const message = `${where} is longer than 262,144 characters: a quote is probably left open there.`;
    return new FileRejected("open-quote", message, row);
  }
  const message = `${where} has a quote where none belongs. Put quotes around the whole cell and double those within.`;
  return new FileRejected("stray-quote", message, row);
}
