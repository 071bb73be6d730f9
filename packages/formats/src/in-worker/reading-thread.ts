import { Worker } from "node:worker_threads";
import type { ReadRequest, ReadResult } from "../read-result.ts";
import { type FromThread, resultOf, toThread } from "./messages.ts";
import { type ReadingLimits, tooHardToRead } from "./reading-limits.ts";

interface Reading {
  resolve: (result: ReadResult) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout | null;
}

/**
 * One thread that reads one file at a time. Past a limit it is ended, and its file comes back rejected. While it has
 * nothing to read it does not keep the process from ending.
 */
export class ReadingThread {
  readonly #limits: ReadingLimits;
  readonly #worker: Worker;
  #reading: Reading | null = null;
  #fault: Error | null = null;
  #loaded = false;

  constructor(limits: ReadingLimits, onExit: () => void) {
    this.#limits = limits;
    this.#worker = new Worker(new URL("./thread.ts", import.meta.url), {
      name: "reading",
      resourceLimits: { maxOldGenerationSizeMb: limits.memory, maxYoungGenerationSizeMb: 64 },
    });
    this.#worker.on("message", (message: FromThread) => {
      if (message === "loaded") this.#begin();
      else this.#settle((reading) => reading.resolve(resultOf(message)));
    });
    this.#worker.on("error", (error) => {
      this.#fault = error instanceof Error ? error : new Error(String(error));
    });
    this.#worker.once("exit", () => {
      onExit();
      this.#settle(({ resolve, reject }) => {
        if (this.#fault === null || isOutOfMemory(this.#fault)) resolve(tooHardToRead(this.#limits));
        else reject(this.#fault);
      });
    });
  }

  /** Reads a file; the thread must have nothing to read. */
  read(request: ReadRequest): Promise<ReadResult> {
    return new Promise((resolve, reject) => {
      this.#reading = { resolve, reject, timer: null };
      this.#worker.ref();
      if (this.#loaded) this.#begin();
      const { message, handedOver } = toThread(request);
      this.#worker.postMessage(message, handedOver);
    });
  }

  /** A file's time is counted from when the thread has loaded its code, which is no fault of the file. */
  #begin(): void {
    this.#loaded = true;
    if (this.#reading) this.#reading.timer = setTimeout(() => void this.#worker.terminate(), this.#limits.time);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(how: (reading: Reading) => void): void {
    const reading = this.#reading;
    if (reading === null) return;
    this.#reading = null;
    if (reading.timer !== null) clearTimeout(reading.timer);
    this.#worker.unref();
    try {
      how(reading);
    } catch (error) {
      reading.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

function isOutOfMemory(error: Error): boolean {
  return "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}
