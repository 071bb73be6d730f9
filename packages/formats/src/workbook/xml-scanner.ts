import { FileRejected } from "../problem.ts";

/** What a part of a workbook is made of, as it is met. Names come without their prefix. */
export interface XmlSink {
  open(name: string, attributes: string): void;
  text(text: string): void;
  close(name: string): void;
}

/** No cell, tag or comment of a workbook is as long as this; a spreadsheet program stops at 32,767 characters. */
export const LONGEST = 1 << 18;
const DEEPEST = 256;

/**
 * Scans a workbook's part as it is unpacked. Strict, so that nothing is half read: throws FileRejected where elements do not
 * match, where the text ends too early, for a document type (and so for entities of the file's own), and for more than a
 * quarter of a million characters without a tag.
 */
export async function scanXml(part: string, pieces: AsyncIterable<Buffer>, sink: XmlSink): Promise<void> {
  const scanner = new XmlScanner(part, sink);
  let decoder: TextDecoder | null = null;
  for await (const piece of pieces) {
    decoder ??= decoderFor(piece);
    scanner.write(decoded(part, decoder, piece));
  }
  if (decoder !== null) scanner.write(decoded(part, decoder));
  scanner.end();
}

function decoderFor(piece: Buffer): TextDecoder {
  const start = piece.subarray(0, 2).toString("hex");
  const encoding = start === "fffe" ? "utf-16le" : start === "feff" ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding, { fatal: true });
}

function decoded(part: string, decoder: TextDecoder, piece?: Buffer): string {
  try {
    return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch (error) {
    if (error instanceof TypeError) throw brokenPart(part, "is not readable text");
    throw error;
  }
}

class XmlScanner {
  readonly #part: string;
  readonly #sink: XmlSink;
  readonly #open: string[] = [];
  #rest = "";
  #begun = false;

  constructor(part: string, sink: XmlSink) {
    this.#part = part;
    this.#sink = sink;
  }

  write(piece: string): void {
    const text = this.#rest + piece;
    let at = 0;
    for (;;) {
      const tag = text.indexOf("<", at);
      const next = tag < 0 ? -1 : this.#markup(text, at, tag);
      if (next < 0) break;
      at = next;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > LONGEST) throw this.#broken("holds more than 262,144 characters in one cell or tag");
  }

  end(): void {
    const [open] = this.#open.slice(-1);
    if (!this.#begun || open !== undefined || this.#rest.trim() !== "") throw this.#broken("ends too early");
  }

  /** Takes the text before a tag and the tag; answers where it ends, or -1 where that is still to come. */
  #markup(text: string, from: number, tag: number): number {
    const second = text.charCodeAt(tag + 1);
    if (second === EXCLAMATION) return this.#declared(text, from, tag);
    if (second === QUESTION) {
      const end = text.indexOf("?>", tag);
      if (end < 0) return -1;
      this.#text(text, from, tag);
      return end + 2;
    }
    const end = endOfTag(text, tag + 1);
    if (end < 0) return -1;
    this.#text(text, from, tag);
    if (second === SLASH) this.#close(text.slice(tag + 2, end).trimEnd());
    else this.#opened(text.slice(tag + 1, end));
    return end + 1;
  }

  #declared(text: string, from: number, tag: number): number {
    const closing = text.startsWith("<!--", tag) ? "-->" : text.startsWith("<![CDATA[", tag) ? "]]>" : null;
    if (closing === null) {
      if (text.length - tag < "<![CDATA[".length) return -1;
      throw this.#broken("has a declaration of its own, which no spreadsheet program writes");
    }
    const end = text.indexOf(closing, tag + 4);
    if (end < 0) return -1;
    this.#text(text, from, tag);
    if (closing === "]]>" && this.#open.length > 0) this.#sink.text(text.slice(tag + "<![CDATA[".length, end));
    return end + closing.length;
  }

  #text(text: string, from: number, to: number): void {
    if (from === to) return;
    if (to - from > LONGEST) throw this.#broken("holds more than 262,144 characters in one cell");
    if (this.#open.length > 0) this.#sink.text(unescaped(this.#part, text.slice(from, to)));
    else if (text.slice(from, to).replace("\uFEFF", "").trim() !== "")
      throw this.#broken("has text around its elements");
  }

  #opened(tag: string): void {
    if (this.#open.length === 0 && this.#begun) throw this.#broken("goes on after its end");
    if (this.#open.length >= DEEPEST) throw this.#broken("is nested deeper than any workbook");
    this.#begun = true;
    const empty = tag.charCodeAt(tag.length - 1) === SLASH;
    const blank = tag.search(BLANK);
    const full = blank < 0 ? (empty ? tag.slice(0, -1) : tag) : tag.slice(0, blank);
    const name = localName(full);
    if (name === "") throw this.#broken("has a tag without a name");
    this.#sink.open(name, blank < 0 ? "" : tag.slice(blank, empty ? -1 : undefined));
    if (empty) this.#sink.close(name);
    else this.#open.push(full);
  }

  #close(full: string): void {
    if (this.#open.pop() !== full) throw this.#broken(`closes ${full.slice(0, 40)} where it is not open`);
    this.#sink.close(localName(full));
  }

  #broken(what: string): FileRejected {
    return brokenPart(this.#part, what);
  }
}

const EXCLAMATION = 33;
const QUESTION = 63;
const SLASH = 47;
const BLANK = /\s/;

/** Where a tag ends: past any ">" that stands in quotes. */
function endOfTag(text: string, from: number): number {
  let quote = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 62) return at;
    else if (code === 34 || code === 39) quote = code;
  }
  return -1;
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** A text with its entities as characters and its lines ended as XML has it. XML knows five entities; a workbook has no other. */
export function unescaped(part: string, raw: string): string {
  const text = raw.includes("\r") ? raw.replace(/\r\n?/g, "\n") : raw;
  if (!text.includes("&")) return text;
  return text.replace(/&([^;&]{0,12})(;?)/g, (_whole, name: string, end: string) => {
    const number = /^#(?:(\d+)|x([\da-f]+))$/i.exec(name);
    const code = number && Number(number[1] ?? `0x${number[2]}`);
    const character = code === null ? ENTITIES[name] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
    if (character === undefined || end === "") throw brokenPart(part, "has an entity that XML does not know");
    return character;
  });
}

/** The rejection of a workbook because of one of its parts. */
export function brokenPart(part: string, what: string, row: number | null = null): FileRejected {
  const message = `The workbook is damaged: its part ${part} ${what}. Open it, save it again as .xlsx and send that.`;
  return new FileRejected("damaged-workbook", message, row);
}
