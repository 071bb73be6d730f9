import { kindOfBuiltIn, kindOfCode, type NumberKind } from "./number-format.ts";
import { attributesOf } from "./xml-attributes.ts";
import { scanXml } from "./xml-scanner.ts";
import type { ZipArchive } from "./zip-archive.ts";

/** What numbers mean by the style of their cell, in the order of the workbook's styles. */
export async function stylesOf(zip: ZipArchive, part: string | null): Promise<NumberKind[]> {
  if (part === null) return [];
  const codes = new Map<number, string>();
  const formats: number[] = [];
  const within: string[] = [];
  await scanXml(part, zip.pieces(part), {
    open(name, text) {
      const parent = within.at(-1);
      within.push(name);
      if (within.length !== 3) return;
      if (name === "numFmt" && parent === "numFmts") {
        const attributes = attributesOf(part, text);
        codes.set(Number(attributes.get("numFmtId")), attributes.get("formatCode") ?? "");
      } else if (name === "xf" && parent === "cellXfs") {
        formats.push(Number(attributesOf(part, text).get("numFmtId") ?? 0));
      }
    },
    text() {},
    close() {
      within.pop();
    },
  });
  return formats.map((id) => {
    const code = codes.get(id);
    return code === undefined ? kindOfBuiltIn(id) : kindOfCode(code);
  });
}
