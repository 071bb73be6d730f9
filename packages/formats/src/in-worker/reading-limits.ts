import { noRows } from "../canonical-rows.ts";
import type { ReadResult } from "../read-result.ts";

export interface ReadingLimits {
  /** How many files are read at once. */
  threads: number;
  /** The longest that one file may take, in milliseconds. */
  time: number;
  /** The most memory that the objects of one thread may take, in MB; buffers are not counted. */
  memory: number;
}

/** The answer for a file whose reading went past a limit. */
export function tooHardToRead({ time, memory }: ReadingLimits): ReadResult {
  const code = "too-hard-to-read";
  const message =
    `Reading the file took more than ${time / 1000} seconds or ${memory} MB of memory, and was given up. ` +
    "Split it by period, or save the one sheet as CSV, and send that.";
  return {
    rejected: { code, message },
    rows: noRows(),
    problems: [{ row: null, column: null, code, message, value: null, severity: "error" }],
    read: 0,
    unchanged: 0,
    refused: 0,
    issued: null,
  };
}
