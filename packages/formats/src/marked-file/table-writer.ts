/** Takes the sheets of a file and their rows in order, and gives bytes away as they come. */
export interface TableWriter {
  sheet(name: string, isHidden: boolean): void;
  /** `row` is the row's number in the sheet that is written. */
  row(cells: readonly string[], row: number): void;
  end(): void;
}

/** Takes the next bytes of a file that is being written. */
export type Emit = (bytes: Buffer) => void;

/** Gathers text, and passes it on in pieces of some size. */
export class Pieces {
  readonly #emit: (text: string) => void;
  readonly #size: number;
  #text = "";

  constructor(emit: (text: string) => void, size = 1 << 18) {
    this.#emit = emit;
    this.#size = size;
  }

  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= this.#size) this.flush();
  }

  flush(): void {
    if (this.#text === "") return;
    const text = this.#text;
    this.#text = "";
    this.#emit(text);
  }
}
