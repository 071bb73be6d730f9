/** Numbers that a spreadsheet keeps as they stand: no codes with zeros before them, no more digits than a double has. */
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
const MOST_DIGITS = 15;
const LONGEST_TEXT = 32_767;
const LONGEST_NAME = 31;
// eslint-disable-next-line no-control-regex -- these are what XML cannot hold
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

interface Place {
  readonly place: number;
  readonly row: number;
  readonly style: number;
  /** Whether a text that is a plain number is written as a number. */
  readonly textsMayBeNumbers: boolean;
}

/** A cell as XML: a number as a number, anything else as text, which no program takes for a formula. */
export function cellXml(text: string | number, { place, row, style, textsMayBeNumbers }: Place): string {
  if (text === "") return "";
  const at = `r="${columnName(place)}${row}"${style === 0 ? "" : ` s="${style}"`}`;
  if (typeof text === "number") return `<c ${at}><v>${text}</v></c>`;
  if (textsMayBeNumbers && NUMBER.test(text) && text.replaceAll(/\D/g, "").length <= MOST_DIGITS)
    return `<c ${at}><v>${text}</v></c>`;
  return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, LONGEST_TEXT))}</t></is></c>`;
}

/** A text that stands in an attribute. */
export function attribute(text: string): string {
  return escaped(text).replaceAll('"', "&quot;");
}

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(NOT_XML, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;");
}

/** A name that a sheet may have and no other has yet. */
export function sheetName(wanted: string, taken: ReadonlySet<string>): string {
  const plain =
    wanted
      .replace(/[[\]:*?/\\\p{Cc}]/gu, " ")
      .replace(/^'|'$/g, " ")
      .trim() || "Sheet";
  for (let copy = 1; ; copy++) {
    const end = copy === 1 ? "" : ` (${copy})`;
    const name = plain.slice(0, LONGEST_NAME - end.length) + end;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** "A" of 0, "AA" of 26. */
function columnName(place: number): string {
  const letter = String.fromCodePoint(65 + (place % 26));
  return place < 26 ? letter : columnName(Math.floor(place / 26) - 1) + letter;
}
