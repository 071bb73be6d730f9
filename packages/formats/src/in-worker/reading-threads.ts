import type { ReadRequest, ReadResult } from "../read-result.ts";
import type { ReadingLimits } from "./reading-limits.ts";
import { ReadingThread } from "./reading-thread.ts";

/**
 * Threads that read files, so that no file takes the process with it or keeps it from other work. They are started when
 * first needed and kept; one that went past a limit is replaced when the next file comes.
 */
export class ReadingThreads {
  readonly #limits: ReadingLimits;
  readonly #all = new Set<ReadingThread>();
  readonly #idle = new Set<ReadingThread>();
  readonly #waiting: (() => void)[] = [];

  constructor(limits: ReadingLimits) {
    this.#limits = limits;
  }

  /** Reads a file as `readSubmission` does. Files past the number of threads wait in order. */
  async read(request: ReadRequest): Promise<ReadResult> {
    const thread = await this.#free();
    try {
      return await thread.read(request);
    } finally {
      if (this.#all.has(thread)) this.#idle.add(thread);
      this.#waiting.shift()?.();
    }
  }

  /** Ends the threads; what they are reading comes back rejected as too hard. */
  async close(): Promise<void> {
    await Promise.all([...this.#all].map((thread) => thread.end()));
  }

  async #free(): Promise<ReadingThread> {
    for (;;) {
      const [idle] = this.#idle;
      if (idle !== undefined) {
        this.#idle.delete(idle);
        return idle;
      }
      if (this.#all.size < this.#limits.threads) return this.#start();
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  #start(): ReadingThread {
    const thread: ReadingThread = new ReadingThread(this.#limits, () => {
      this.#all.delete(thread);
      this.#idle.delete(thread);
    });
    this.#all.add(thread);
    return thread;
  }
}
