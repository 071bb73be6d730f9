import { CATALOGUE_FILES } from "@signalbox/catalogue";
import { FileRejected } from "@signalbox/formats/problem";
import { ZipArchive } from "@signalbox/formats/workbook/zip-archive";

/** One file of a form, under the name that the browser gave it. */
export interface SentFile {
  readonly filename: string;
  readonly bytes: Buffer;
}

/** Files of a catalogue by their names, or why what came is none, in words for whoever sent it. */
export type FilesSent = { readonly files: ReadonlyMap<string, Buffer> } | { readonly fault: string };

/** What files may unpack to, all together. */
const MOST_UNPACKED = 200_000_000;
/** What other programs add to an archive or a folder, and nobody means to send. */
const PASSED_OVER = /^(?:__macosx\/.*|(?:.*\/)?(?:\.[^/]*|thumbs\.db|desktop\.ini|[^/]*\.md))$/i;

/** Gathers the files of a catalogue out of what was sent: single files, or a zip archive of the folder. */
export async function filesIn(sent: readonly SentFile[]): Promise<FilesSent> {
  const files = new Map<string, Buffer>();
  try {
    for (const { filename, bytes } of sent) {
      const found = isArchive(filename) ? await unpacked(bytes) : [{ name: filename, bytes }];
      for (const one of found) {
        const fault = put(files, one);
        if (fault !== null) return { fault };
      }
    }
  } catch (error) {
    if (!(error instanceof FileRejected)) throw error;
    return { fault: error.message };
  }
  if (files.size > 0) return { files };
  return { fault: "There is no file of a catalogue in it. The files are " + CATALOGUE_FILES.join(", ") };
}

function isArchive(filename: string): boolean {
  return /\.zip$/i.test(filename);
}

function put(files: Map<string, Buffer>, { name, bytes }: { name: string; bytes: Buffer }): string | null {
  const plain = name.replace(/^.*[\\/]/s, "").toLowerCase();
  if (!CATALOGUE_FILES.includes(plain)) {
    return `A catalogue has no file "${plain.slice(0, 100)}". Give it one of these names: ${CATALOGUE_FILES.join(", ")}`;
  }
  if (files.has(plain)) return `${plain} came twice. Send it once`;
  files.set(plain, bytes);
  return null;
}

/** The files of an archive's folder; nothing is written anywhere, so that a path in it leads nowhere. */
async function unpacked(bytes: Buffer): Promise<{ name: string; bytes: Buffer }[]> {
  const archive = await ZipArchive.open(bytes);
  const files: { name: string; bytes: Buffer }[] = [];
  let size = 0;
  for (const name of archive.names.filter((one) => !PASSED_OVER.test(one))) {
    const pieces: Buffer[] = [];
    for await (const piece of archive.pieces(name)) {
      size += piece.length;
      if (size > MOST_UNPACKED) {
        throw new FileRejected(
          "unpacks-too-large",
          "The archive unpacks to more than 200 MB. Send fewer files at once",
        );
      }
      pieces.push(piece);
    }
    files.push({ name, bytes: Buffer.concat(pieces) });
  }
  return files;
}
