import { answerOptions, type QueueLog } from "./answer.ts";
import type { Backend, Worker } from "./bullmq.ts";
import { within } from "./deadline.ts";
import type { Handlers } from "./handler.ts";
import { type QueueName, queueNames, queues } from "./queues.ts";
import { keepClockWound } from "./tick.ts";

export interface WorkOptions {
  /** Bells answered at once, of each queue. Default 1. */
  readonly concurrency?: number | { readonly [K in QueueName]?: number };
}

/** A set of handlers at work; closing waits for the bells being answered, but not for ever. */
export interface Answering {
  close(): Promise<void>;
}

/** What answering needs of the process's queues. */
interface Parts {
  readonly backend: Backend;
  readonly log: QueueLog;
  tick(): Promise<unknown>;
  onError(error: Error): void;
}

const CLOSE_WITHIN_MS = 5000;

/** Begins to answer the queues that have a handler here, and to wind the clock where that is one of them. */
export async function startAnswering(parts: Parts, handlers: Handlers, options: WorkOptions): Promise<Answering> {
  const { backend, log } = parts;
  const { concurrency = 1 } = options;
  const workers: Worker[] = [];
  const running = new Set<Promise<unknown>>();
  let stopClock = (): void => {};

  async function end(): Promise<void> {
    // A worker takes its leave of the server, and would wait for one that is away: then it is the handlers that count.
    const away = !backend.reachable();
    if (away) await Promise.allSettled(running);
    await Promise.allSettled(workers.map((worker) => worker.close(away)));
  }
  async function close(): Promise<void> {
    stopClock();
    if (await within(CLOSE_WITHIN_MS, end())) return;
    log.warn({}, `queue: handlers did not end within ${CLOSE_WITHIN_MS} ms; their bells are rung again`);
  }

  try {
    for (const name of queueNames.filter((one) => handlers[one] !== undefined)) {
      const atOnce = typeof concurrency === "number" ? concurrency : (concurrency[name] ?? 1);
      const each = answerOptions({ ...parts, name, handlers, running, concurrency: atOnce });
      workers.push(await backend.answer(queues[name], each));
    }
    if (handlers.clock) stopClock = await keepClockWound(backend, parts);
    return { close };
  } catch (error) {
    await close();
    throw error;
  }
}
