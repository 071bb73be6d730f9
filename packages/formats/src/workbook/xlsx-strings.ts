import { FileRejected } from "../problem.ts";
import { brokenPart, LONGEST, scanXml } from "./xml-scanner.ts";
import type { ZipArchive } from "./zip-archive.ts";

/** What is kept in memory while the sheets are read: a nation's extract has some ten thousand. */
const MOST_STRINGS = 5_000_000;
const MOST_CHARACTERS = 100_000_000;

/** The texts that a workbook's cells share, by number: rich text as its plain text, without the readings of characters. */
export async function stringsOf(zip: ZipArchive, part: string | null): Promise<string[]> {
  const strings: string[] = [];
  if (part === null) return strings;
  let characters = 0;
  const text = new RichText(part);
  await scanXml(part, zip.pieces(part), {
    open(name) {
      if (name === "si") text.begin();
      else text.open(name);
    },
    text: (piece) => text.add(piece),
    close(name) {
      if (name !== "si") {
        text.close(name);
        return;
      }
      const string = text.end();
      characters += string.length;
      if (strings.push(string) > MOST_STRINGS || characters > MOST_CHARACTERS) throw tooManyStrings();
    },
  });
  return strings;
}

/** Gathers the text of a string item: of its `t` elements, save those within a phonetic run. */
export class RichText {
  readonly #part: string;
  #text = "";
  #inText = false;
  #phonetic = 0;

  constructor(part: string) {
    this.#part = part;
  }

  begin(): void {
    this.#text = "";
  }

  open(name: string): void {
    if (name === "rPh") this.#phonetic++;
    else if (name === "t") this.#inText = this.#phonetic === 0;
  }

  add(piece: string): void {
    if (this.#inText) this.#text = joined(this.#part, this.#text, piece);
  }

  close(name: string): void {
    if (name === "rPh") this.#phonetic--;
    else if (name === "t") this.#inText = false;
  }

  end(): string {
    return withoutEscapes(this.#text);
  }
}

/** A text that goes on. Throws FileRejected past 262,144 characters, however many pieces they come in. */
export function joined(part: string, text: string, piece: string): string {
  if (text.length + piece.length > LONGEST) throw brokenPart(part, "holds more than 262,144 characters in one cell");
  return text === "" ? piece : text + piece;
}

/** Spreadsheet programs write characters that XML cannot hold as `_x000D_`. */
export function withoutEscapes(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function tooManyStrings(): FileRejected {
  const message = "The workbook holds more text than is read at once. Split it by period and send the parts.";
  return new FileRejected("too-large", message);
}
