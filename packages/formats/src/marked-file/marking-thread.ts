import { parentPort, workerData } from "node:worker_threads";
import { type FileToMark, markFile } from "./mark-file.ts";

// One file, then the thread ends: its bytes go out in pieces as they are written.
const { bytes, ...file } = workerData as Omit<FileToMark, "bytes"> & { bytes: Uint8Array<ArrayBuffer> };
await markFile({ ...file, bytes: Buffer.from(bytes.buffer) }, (piece) => {
  const copy = new Uint8Array(piece);
  parentPort?.postMessage(copy, [copy.buffer]);
});
