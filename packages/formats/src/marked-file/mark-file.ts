import { FileRejected, type Problem } from "../problem.ts";
import { readerFor, type SheetSeen, type TableSink } from "../reader.ts";
import { CsvTableWriter } from "./csv-writer.ts";
import { type ProblemsByRow, problemsByRow } from "./problems-by-row.ts";
import type { Emit, TableWriter } from "./table-writer.ts";
import { XlsxTableWriter } from "./xlsx-writer.ts";

/** A file and what is wrong with it, as plain data. */
export interface FileToMark {
  bytes: Buffer;
  mediaType: string;
  problems: readonly Problem[];
  /** The sheet that was read; null for a CSV file and where several sheets were. */
  sheet: string | null;
  format: "csv" | "xlsx";
}

const LABEL = "What is wrong";

/**
 * Writes a file again with a first column that says what is wrong with each row; what is wrong with the whole stands in its
 * first cell, so that each row keeps its number and the header stays where it was.
 * As CSV it is the sheet that was read; as a workbook each sheet is a sheet. Of a file that cannot be read there is what
 * is wrong with it, and as much as could be.
 */
export async function markFile(file: FileToMark, emit: Emit): Promise<void> {
  const writer = file.format === "csv" ? new CsvTableWriter(emit) : new XlsxTableWriter(emit);
  const marking = new Marking(file, writer);
  try {
    await readerFor(file.bytes, file.mediaType)(file.bytes, marking);
  } catch (error) {
    if (!(error instanceof FileRejected)) throw error;
  }
  marking.end();
}

/** Passes a file's rows on as they come, each with what is wrong with it. */
class Marking implements TableSink {
  readonly #file: FileToMark;
  readonly #writer: TableWriter;
  #wrong: ProblemsByRow | null = null;
  #sheet = "";
  /** What is wrong with the whole file, until a row has it beside it. */
  #whole: readonly string[] = [];
  #isFirst = true;

  constructor(file: FileToMark, writer: TableWriter) {
    this.#file = file;
    this.#writer = writer;
  }

  wants(seen: SheetSeen): boolean {
    const { format, sheet } = this.#file;
    const wanted = format === "xlsx" || sheet === null || seen.name === sheet;
    if (wanted) this.#begin(seen);
    return wanted;
  }

  onRow(cells: readonly string[], row: number): void {
    const said = this.#wrong?.of(this.#sheet, row) ?? "";
    const label = this.#isFirst
      ? [LABEL, [...this.#whole, said].filter(Boolean).join(" ")].filter(Boolean).join(": ")
      : said;
    this.#isFirst = false;
    this.#whole = [];
    this.#writer.row([label, ...cells], row);
  }

  sheetEnds(): void {}

  warn(): void {}

  end(): void {
    if (this.#wrong === null) this.#begin({ name: "", hidden: false, place: 0 });
    // Of a file in which no row could be read there is this alone.
    this.#whole.forEach((text, at) => this.#writer.row([text], at + 1));
    this.#writer.end();
  }

  #begin({ name, hidden }: SheetSeen): void {
    this.#writer.sheet(name, hidden);
    this.#sheet = name;
    this.#isFirst = true;
    if (this.#wrong !== null) return;
    // The one sheet of a CSV file has no name.
    this.#wrong = problemsByRow(this.#file.problems, name === "" ? "" : this.#file.sheet);
    this.#whole = this.#wrong.onTop;
  }
}
