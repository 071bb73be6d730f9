import { Readable } from "node:stream";
import { Worker } from "node:worker_threads";
import type { FileToMark } from "./mark-file.ts";

const MEMORY_MB = 256;
const LONGEST_MS = 120_000;

/** Writes a file again with what is wrong in it, in a thread with a limit of time and memory, as a stream of its bytes. */
export function markInWorker(file: FileToMark): Readable {
  // A Buffer may be part of a larger one that others use, so its bytes are copied, once.
  const bytes = new Uint8Array(file.bytes);
  const worker = new Worker(new URL("./marking-thread.ts", import.meta.url), {
    name: "marking",
    workerData: { ...file, bytes },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 64 },
  });
  const timer = setTimeout(() => void worker.terminate(), LONGEST_MS);
  const stream = new Readable({
    read() {},
    destroy(error, done) {
      clearTimeout(timer);
      void worker.terminate();
      done(error);
    },
  });
  worker.on("message", (piece: Uint8Array) => stream.push(piece));
  worker.once("error", (error) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  worker.once("exit", (code) => {
    if (code === 0) stream.push(null);
    else stream.destroy(new Error("Marking the file took too long, and was given up."));
  });
  return stream;
}
