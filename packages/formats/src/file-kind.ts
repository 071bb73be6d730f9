export type FileKind = "csv" | "workbook" | "archive" | "pdf" | "image" | "page" | "nothing";

const MAGIC: readonly (readonly [FileKind, string])[] = [
  ["archive", "504b0304"],
  ["archive", "504b0506"],
  ["archive", "1f8b"],
  ["archive", "377abcaf271c"],
  ["archive", "52617221"],
  ["workbook", "d0cf11e0a1b11ae1"],
  ["pdf", "25504446"],
  ["image", "89504e47"],
  ["image", "ffd8ff"],
  ["image", "47494638"],
];
const PAGE = /^\s*(?:<!doctype|<html|<\?xml|\{\\rtf)/i;

/** What a file is by its content; its name and media type say nothing that can be trusted. */
export function kindOf(bytes: Buffer): FileKind {
  if (bytes.length === 0) return "nothing";
  const start = bytes.subarray(0, 8).toString("hex");
  const known = MAGIC.find(([, magic]) => start.startsWith(magic))?.[0];
  if (known === "archive" && bytes.includes("[Content_Types].xml") && bytes.includes("xl/")) return "workbook";
  if (known !== undefined) return known;
  return PAGE.test(bytes.subarray(0, 256).toString("latin1").replace("ï»¿", "")) ? "page" : "csv";
}
