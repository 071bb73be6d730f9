import { Worker } from "node:worker_threads";
import type { Drawn, ToDraw } from "./thread.ts";

/** A picture takes 40 ms, on a machine that is busy some times that; one that takes this long never comes. */
const PATIENCE_MS = 20_000;

interface Waiting {
  readonly resolve: (png: Buffer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * A thread that draws one picture after another, begun with the first. While it draws nothing it does not keep the process
 * from ending; when it breaks, what waits for it fails and the next picture begins another.
 */
export class DrawingThread {
  #worker: Worker | null = null;
  #next = 0;
  readonly #waiting = new Map<number, Waiting>();

  draw(svg: string): Promise<Buffer> {
    const worker = (this.#worker ??= this.#begin());
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          this.#break(worker, new Error(`A picture took more than ${PATIENCE_MS / 1000} seconds to draw.`));
          // The time of those that wait behind others counts from when the one before them is done.
        },
        PATIENCE_MS * (this.#waiting.size + 1),
      ).unref();
      this.#waiting.set(id, { resolve, reject, timer });
      worker.ref();
      worker.postMessage({ id, svg } satisfies ToDraw, []);
    });
  }

  #begin(): Worker {
    const worker = new Worker(new URL("thread.ts", import.meta.url), { name: "drawing" });
    worker.on("message", (drawn: Drawn) => {
      const waiting = this.#waiting.get(drawn.id);
      this.#waiting.delete(drawn.id);
      if (this.#waiting.size === 0) worker.unref();
      clearTimeout(waiting?.timer);
      if ("png" in drawn) waiting?.resolve(Buffer.from(drawn.png.buffer));
      else waiting?.reject(new Error(`A picture could not be drawn: ${drawn.fault}`));
    });
    worker.on("error", (error) => this.#break(worker, error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", () => this.#break(worker, new Error("The thread that draws pictures ended.")));
    worker.unref();
    return worker;
  }

  #break(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject, timer } of lost) {
      clearTimeout(timer);
      reject(error);
    }
    void worker.terminate();
  }
}
