import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { join } from "node:path";

const PIECE = 256 * 1024;

/** The files of a catalogue by name, wherever they are kept: the bytes of one, piece by piece; null where there is none. */
export type CatalogueFiles = (name: string) => Promise<AsyncIterable<Buffer> | null>;

/** The files of a folder. One that is there and cannot be read fails when its pieces are asked for. */
export function filesOfFolder(dir: string): CatalogueFiles {
  return async (name) => {
    const path = join(dir, name);
    const isThere = await access(path).then(
      () => true,
      (error: unknown) => !(error instanceof Error && "code" in error && error.code === "ENOENT"),
    );
    return isThere ? createReadStream(path, { highWaterMark: PIECE }) : null;
  };
}

/** Files that were sent or written, and are in memory. */
export function filesInMemory(files: ReadonlyMap<string, Buffer>): CatalogueFiles {
  return async (name) => {
    const bytes = files.get(name);
    return bytes === undefined ? null : piecesOf(bytes);
  };
}

/** In pieces, so that a large file is read bit by bit and not in one go while everybody else waits. */
async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}
