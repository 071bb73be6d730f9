import { posix } from "node:path";
import { FileRejected } from "../problem.ts";
import { attributesOf, isTrue } from "./xml-attributes.ts";
import { brokenPart, scanXml } from "./xml-scanner.ts";
import type { ZipArchive } from "./zip-archive.ts";

/** A part that another refers to; `kind` is the last word of its type, which both dialects of the format share. */
export interface Relationship {
  id: string;
  kind: string;
  /** Its path in the archive. */
  path: string;
}

/** What a part refers to inside the workbook; links to the outside are left out. */
export async function relationshipsOf(zip: ZipArchive, part: string): Promise<Relationship[]> {
  const folder = posix.dirname(part);
  const list = posix.join(folder, "_rels", `${posix.basename(part)}.rels`);
  const found: Relationship[] = [];
  if (!zip.has(list)) return found;
  await scanXml(list, zip.pieces(list), {
    open(name, text) {
      if (name !== "Relationship") return;
      const attributes = attributesOf(list, text);
      if (attributes.get("TargetMode") === "External") return;
      const target = attributes.get("Target") ?? "";
      const path = target.startsWith("/") ? target.slice(1) : posix.join(folder, target);
      found.push({
        id: attributes.get("Id") ?? "",
        kind: (attributes.get("Type") ?? "").split("/").at(-1) ?? "",
        path,
      });
    },
    text() {},
    close() {},
  });
  return found;
}

/** One sheet an organisation is a few hundred. */
export const MOST_SHEETS = 1_000;

/** The rejection of a workbook for the number of its sheets. */
export function tooManySheets(): FileRejected {
  const message = `The workbook has more than ${MOST_SHEETS} sheets. Put the figures into fewer and send it again.`;
  return new FileRejected("too-many-sheets", message);
}

export interface SheetPart {
  name: string;
  hidden: boolean;
  path: string;
}

export interface Workbook {
  sheets: SheetPart[];
  /** Whether days count from 1904. */
  from1904: boolean;
  strings: string | null;
  styles: string | null;
}

/** The workbook's tables in their order, and where the rest of it stands. Charts and macro sheets are no tables. */
export async function workbookOf(zip: ZipArchive, part: string): Promise<Workbook> {
  const parts = await relationshipsOf(zip, part);
  const path = (kind: string): string | null => parts.find((one) => one.kind === kind)?.path ?? null;
  const workbook: Workbook = { sheets: [], from1904: false, strings: path("sharedStrings"), styles: path("styles") };
  const within: string[] = [];
  await scanXml(part, zip.pieces(part), {
    open(name, text) {
      const parent = within.at(-1);
      within.push(name);
      if (within.length === 2 && name === "workbookPr") {
        workbook.from1904 = isTrue(attributesOf(part, text).get("date1904"));
      } else if (within.length === 3 && name === "sheet" && parent === "sheets") {
        const sheet = sheetOf(part, parts, attributesOf(part, text));
        if (sheet !== null && workbook.sheets.push(sheet) > MOST_SHEETS) throw tooManySheets();
      }
    },
    text() {},
    close() {
      within.pop();
    },
  });
  const paths = new Set(workbook.sheets.map(({ path: sheetPath }) => sheetPath.toLowerCase()));
  if (paths.size < workbook.sheets.length) throw brokenPart(part, "names a sheet twice");
  if (workbook.sheets.length === 0) throw brokenPart(part, "names no sheet with a table");
  return workbook;
}

function sheetOf(
  part: string,
  parts: readonly Relationship[],
  attributes: ReadonlyMap<string, string>,
): SheetPart | null {
  const [, id] = [...attributes].find(([name]) => name.endsWith(":id")) ?? [];
  const name = attributes.get("name");
  const target = parts.find((one) => one.id === id);
  if (name === undefined || target === undefined) throw brokenPart(part, `names a sheet "${name ?? ""}" that it lacks`);
  if (target.kind !== "worksheet") return null;
  return { name, hidden: (attributes.get("state") ?? "visible") !== "visible", path: target.path };
}
