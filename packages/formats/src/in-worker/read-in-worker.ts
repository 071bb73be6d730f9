import type { ReadRequest, ReadResult } from "../read-result.ts";
import { ReadingThreads } from "./reading-threads.ts";

/** A national extract takes some ten seconds; a machine may have much else to do. */
const LIMITS = { threads: 2, time: 120_000, memory: 256 };

/** Threads belong to the process, like those of its file system: whoever reads in it shares them. */
let threads: ReadingThreads | null = null;

/** Reads a file as `readSubmission` does, in a thread with a limit of time and memory. */
export function readInWorker(request: ReadRequest): Promise<ReadResult> {
  threads ??= new ReadingThreads(LIMITS);
  return threads.read(request);
}
