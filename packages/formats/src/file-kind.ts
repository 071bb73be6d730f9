export type FileKind =
  | "csv"
  | "zip"
  | "compound"
  | "archive"
  | "pdf"
  | "image"
  | "page"
  | "xml-spreadsheet"
  | "nothing";

const MAGIC: readonly (readonly [FileKind, string])[] = [
  ["zip", "504b0304"],
  ["zip", "504b0506"],
  ["compound", "d0cf11e0a1b11ae1"],
  ["archive", "1f8b"],
  ["archive", "377abcaf271c"],
  ["archive", "52617221"],
  ["pdf", "25504446"],
  ["image", "89504e47"],
  ["image", "ffd8ff"],
  ["image", "47494638"],
];
const PAGE = /^\s*(?:<!doctype|<html|<head|<body|<table|<\?xml|mime-version:|\{\\rtf)/i;
const XML_SPREADSHEET = /progid="Excel\.Sheet"|urn:schemas-microsoft-com:office:spreadsheet/i;

/** What a file is by its first bytes; its name and media type say nothing that can be trusted. */
export function kindOf(bytes: Buffer): FileKind {
  if (bytes.length === 0) return "nothing";
  const start = bytes.subarray(0, 8).toString("hex");
  const known = MAGIC.find(([, magic]) => start.startsWith(magic))?.[0];
  if (known !== undefined) return known;
  const text = textOf(bytes.subarray(0, 1024));
  if (!PAGE.test(text)) return "csv";
  return XML_SPREADSHEET.test(text) ? "xml-spreadsheet" : "page";
}

/** The first words of a text, whatever its encoding. */
function textOf(start: Buffer): string {
  return start
    .toString("latin1")
    .replaceAll("\0", "")
    .replace(/^(?:ï»¿|ÿþ|þÿ)/, "");
}
