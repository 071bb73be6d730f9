import { ZipWriter } from "@signalbox/formats/marked-file/zip-writer";

const PIECE = 1 << 18;

/** Files as a zip archive. */
export function zipOf(files: ReadonlyMap<string, Buffer>): Buffer {
  const pieces: Buffer[] = [];
  const zip = new ZipWriter((bytes) => pieces.push(bytes));
  for (const [name, bytes] of files) {
    zip.entry(name);
    for (let at = 0; at < bytes.length; at += PIECE) zip.add(bytes.subarray(at, at + PIECE));
  }
  zip.end();
  return Buffer.concat(pieces);
}
