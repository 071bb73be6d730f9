import { csvLine } from "./harmless.ts";
import { type Emit, Pieces, type TableWriter } from "./table-writer.ts";

/** Writes tables one below the other, the second and later ones under their sheet's name. */
export class CsvTableWriter implements TableWriter {
  readonly #pieces: Pieces;
  #sheets = 0;

  constructor(emit: Emit) {
    this.#pieces = new Pieces((text) => emit(Buffer.from(text)));
    // Without it a spreadsheet program takes the file for another encoding than UTF-8.
    this.#pieces.add("\ufeff");
  }

  sheet(name: string): void {
    if (this.#sheets++ > 0) this.#pieces.add(csvLine([]) + csvLine([`Sheet ${name}`]));
  }

  row(cells: readonly string[]): void {
    this.#pieces.add(csvLine(cells));
  }

  end(): void {
    this.#pieces.flush();
  }
}
