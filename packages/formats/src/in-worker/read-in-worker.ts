import type { ReadRequest, ReadResult } from "../read-result.ts";
import { ReadingThreads } from "./reading-threads.ts";

/** A national extract of 100 MB takes some ten seconds on a slow machine. */
const LIMITS = { threads: 2, time: 60_000, memory: 256 };

/** Threads belong to the process, like those of its file system: whoever reads in it shares them. */
let threads: ReadingThreads | null = null;

/** Reads a file as `readSubmission` does, in a thread with a limit of time and memory. */
export function readInWorker(request: ReadRequest): Promise<ReadResult> {
  threads ??= new ReadingThreads(LIMITS);
  return threads.read(request);
}
