import { extname } from "node:path";
import { FileRejected } from "../problem.ts";
import { readCsvPieces } from "../read-csv.ts";
import type { TableReader, TableSink } from "../reader.ts";
import { kindOf } from "../file-kind.ts";
import { readXls } from "./read-xls.ts";
import { readXlsx } from "./read-xlsx.ts";
import { relationshipsOf } from "./xlsx-parts.ts";
import { brokenPart } from "./xml-scanner.ts";
import { ZipArchive } from "./zip-archive.ts";

const CONTENT_TYPES = "[Content_Types].xml";
const SAVE_AS = "Open it, save it as an Excel workbook (.xlsx) or as CSV, and send that.";
const TABLES = new Set([".csv", ".txt", ".xlsx", ".xlsm", ".xls"]);
/** What operating systems add to an archive. */
const LITTER = /(?:^|\/)(?:__MACOSX\/|\.|~\$|thumbs\.db$|desktop\.ini$)/i;
const LARGEST_WORKBOOK = 50 * 1024 * 1024;

/** Reads what comes as a zip archive: an XLSX workbook, or one table packed for sending. */
export const readZip: TableReader = async (bytes, sink) => {
  const zip = await ZipArchive.open(bytes);
  return isPackage(zip) ? readPackage(zip, sink) : readPacked(zip, sink);
};

function isPackage(zip: ZipArchive): boolean {
  return zip.has(CONTENT_TYPES) || zip.has("_rels/.rels") || zip.has("mimetype") || zip.has("Index/Document.iwa");
}

/** Reads an Office document: the main part says which kind it is. */
async function readPackage(zip: ZipArchive, sink: TableSink): Promise<void> {
  if (!zip.has(CONTENT_TYPES)) {
    const what = zip.has("content.xml") ? "an OpenDocument file (.ods)" : "a document of a kind that is not read";
    throw new FileRejected("kind-not-read", `This is ${what}. ${SAVE_AS}`);
  }
  const main = (await relationshipsOf(zip, "")).find(({ kind }) => kind === "officeDocument");
  if (main === undefined) throw brokenPart("_rels/.rels", "does not say where the workbook is");
  if (main.path.endsWith(".bin")) {
    throw new FileRejected("kind-not-read", `This is a binary workbook (.xlsb), which is not read. ${SAVE_AS}`);
  }
  if (/^(?:word|ppt|visio)\//i.test(main.path)) {
    throw new FileRejected(
      "not-a-table",
      "This is a document or a presentation, not a table. Send a workbook or a CSV file.",
    );
  }
  return readXlsx(zip, main.path, sink);
}

/** Reads the one table of an archive. Archives within an archive are not opened. */
async function readPacked(zip: ZipArchive, sink: TableSink): Promise<void> {
  const names = zip.names.filter((name) => !LITTER.test(name));
  const tables = names.filter((name) => TABLES.has(extname(name).toLowerCase()));
  const [table, ...others] = tables;
  if (table === undefined) {
    throw new FileRejected(
      "not-a-table",
      "The archive holds no table. Put the CSV file or the workbook into it, or send that.",
    );
  }
  if (others.length > 0) {
    const list = tables.slice(0, 5).join(", ");
    throw new FileRejected(
      "several-tables",
      `The archive holds ${tables.length} tables (${list}). Send each by itself.`,
    );
  }
  if (names.length > 1) {
    const list = names
      .filter((name) => name !== table)
      .slice(0, 5)
      .join(", ");
    sink.warn("files-passed-over", `Of the archive ${table} is read; ${list} is not.`);
  }
  return readTable(zip, table, sink);
}

async function readTable(zip: ZipArchive, name: string, sink: TableSink): Promise<void> {
  const kind = kindOf(await firstPiece(zip, name));
  if (kind === "csv") return readCsvPieces(() => zip.pieces(name), sink);
  if (kind === "compound") return readXls(await whole(zip, name), sink);
  const inner = kind === "zip" ? await ZipArchive.open(await whole(zip, name)) : null;
  if (inner !== null && isPackage(inner)) return readPackage(inner, sink);
  const message = `${name} in the archive is neither a CSV file nor a workbook. Send the table itself.`;
  throw new FileRejected(kind === "nothing" ? "empty-file" : "not-a-table", message);
}

async function firstPiece(zip: ZipArchive, name: string): Promise<Buffer> {
  for await (const piece of zip.pieces(name)) return piece;
  return Buffer.alloc(0);
}

/** A workbook within the archive, unpacked; it may be as large as one that comes by itself. */
async function whole(zip: ZipArchive, name: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of zip.pieces(name)) {
    pieces.push(piece);
    size += piece.length;
    if (size > LARGEST_WORKBOOK) throw new FileRejected("too-large", `${name} in the archive is larger than 50 MB.`);
  }
  return Buffer.concat(pieces);
}
