import { randomBytes } from "node:crypto";
import { CFB, utils, write } from "@e965/xlsx";
import { canonical } from "../../packages/formats/src/testing.ts";
import { GOOD_ROW, HEADER, type HostileFile } from "./hostile-file.ts";

const MB = 2 ** 20;
const text = (content: string) => (): Buffer => Buffer.from(content);

/** An .xls as another library writes it. */
export function goodXls(): Buffer {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([HEADER.split(","), ["2024-03", "RXX", "ae-12h", 7]]), "Figures");
  return Buffer.from(write(book, { type: "buffer", bookType: "biff8", bookSST: true }) as Uint8Array);
}

function xlsWith(change: (bytes: Buffer) => void): () => Buffer {
  return () => {
    const bytes = goodXls();
    change(bytes);
    return bytes;
  };
}

/** A compound file of streams by name. */
function compound(streams: Readonly<Record<string, Buffer>>): Buffer {
  const file = CFB.utils.cfb_new();
  for (const [name, bytes] of Object.entries(streams)) CFB.utils.cfb_add(file, name, bytes);
  return Buffer.from(CFB.write(file, { type: "buffer" }) as Uint8Array);
}

/** Makes the directory's first sector its own next. */
function circle(bytes: Buffer): void {
  const directory = bytes.readUInt32LE(48);
  bytes.writeUInt32LE(directory, 512 * (1 + bytes.readUInt32LE(76)) + 4 * directory);
}

const record = (bytes: Buffer, hex: string): number => bytes.indexOf(Buffer.from(hex, "hex"));

/** The good row of another month with this in one of its cells. */
function rowWith(column: string, cell: string): string {
  const cells = GOOD_ROW.replace("2024-03", "2024-02").split(",");
  cells[HEADER.split(",").indexOf(column)] = cell;
  return cells.join(",");
}

export const hostileTables: readonly HostileFile[] = [
  {
    what: "an encrypted workbook",
    bytes: () => compound({ EncryptionInfo: Buffer.alloc(200), EncryptedPackage: randomBytes(9_000) }),
    comes: "encrypted",
  },
  {
    what: "an old workbook with a password",
    bytes: xlsWith((bytes) => bytes.writeUInt16LE(0x2f, record(bytes, "22000200"))),
    comes: "encrypted",
  },
  {
    what: "a chain of sectors in a circle",
    bytes: xlsWith(circle),
    comes: "damaged-workbook",
  },
  {
    what: "a number of texts below nothing",
    bytes: xlsWith((bytes) => bytes.fill(0xff, record(bytes, "fc00") + 8, record(bytes, "fc00") + 12)),
    comes: "damaged-workbook",
  },
  {
    what: "a stream of 4 GB by its own word",
    bytes: xlsWith((bytes) => bytes.writeUInt32LE(0xfffffff0, bytes.indexOf(Buffer.from("Workbook", "utf16le")) + 120)),
    comes: "damaged-workbook",
  },
  {
    what: "a compound file of zeros",
    bytes: () => Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(MB)]),
    comes: "damaged-workbook",
  },
  { what: "a text document", bytes: () => compound({ WordDocument: Buffer.alloc(5_000) }), comes: "not-a-table" },
  {
    what: "a web page under a workbook's name",
    bytes: text("<html><table><tr><td>1</td></tr></table></html>"),
    comes: "not-a-table",
  },
  {
    what: "an XML spreadsheet of 2003",
    bytes: text('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>'),
    comes: "kind-not-read",
  },
  { what: "a program", bytes: () => Buffer.concat([Buffer.from("MZ"), Buffer.alloc(MB)]), comes: "nul-bytes" },
  { what: "10 MB of zeros", bytes: () => Buffer.alloc(10 * MB), comes: "nul-bytes" },
  { what: "a cell of 32 MB", bytes: () => Buffer.from(`${HEADER}\n"${"x".repeat(32 * MB)}"\n`), comes: "open-quote" },
  { what: "a header of 32 MB", bytes: () => Buffer.from("a,".repeat(16 * MB)), comes: "open-quote" },
  {
    what: "a quote that swallows 32 MB",
    bytes: () => Buffer.from(`${HEADER}\n"${`${GOOD_ROW}\n`.repeat(MB)}`),
    comes: "open-quote",
  },
  {
    what: "a million blank lines before the table",
    bytes: text(`${"\n".repeat(1_000_000)}${canonical(GOOD_ROW)}`),
    comes: 1,
  },
  {
    what: "a million blank rows after the table",
    bytes: text(`${canonical(GOOD_ROW)}${",,,,,,,\n".repeat(1_000_000)}`),
    comes: 1,
  },
  { what: "16,385 columns", bytes: text(`${"x,".repeat(16_384)}x\n`), comes: "too-many-columns" },
  ...["1", "1,", " ", "(", "=", "1e", "é", "\u00a0", "-", "00:", "Mar ", "long"].flatMap((piece) =>
    ["period", "metric", "value", "plan"].map((column) => ({
      what: `50,000 times ${JSON.stringify(piece)} as a ${column}`,
      bytes: text(canonical(GOOD_ROW, rowWith(column, `"${piece.repeat(50_000)}x"`))),
      comes: 1,
    })),
  ),
];
