import type { QueueLog } from "./answer.ts";
import { openBackend, type Queue } from "./bullmq.ts";
import { within } from "./deadline.ts";
import type { Handlers } from "./handler.ts";
import { onceInAWhile } from "./once-in-a-while.ts";
import { type Payload, type QueueName, queueNames, queues } from "./queues.ts";
import { type Answering, startAnswering, type WorkOptions } from "./start-answering.ts";

/** How many bells of a queue are in each state. */
export type Depths = Record<QueueName, Record<"waiting" | "active" | "delayed" | "completed" | "failed", number>>;

/** The queues of one process. */
export interface Queues {
  /** Rings a bell, unless the same one waits already. Takes half a second at most, never throws; false: nobody heard. */
  ring<K extends QueueName>(name: K, payload: Payload<K>): Promise<boolean>;
  /** Answers bells until closed, which waits for those being answered, but not for ever. */
  work(handlers: Handlers, options?: WorkOptions): Promise<Answering>;
  /** BullMQ's own objects, for the operators' dashboard. */
  bullQueues(): readonly Queue[];
  /** Throws when the queues' server is away. */
  depths(): Promise<Depths>;
  /** Brings the queues' schema up to date; safe twice, and at once from two machines. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}

const CONNECT_WITHIN_MS = 1000;
const RING_WITHIN_MS = 500;
const CLOSE_WITHIN_MS = 5000;
const STATES = ["waiting", "active", "delayed", "completed", "failed"] as const;

/**
 * Opens the queues at a redis://, rediss:// or postgres:// address. A Redis that is away is waited for a moment, and from
 * then on in the background.
 */
export async function openQueues(url: string, { log }: { log: QueueLog }): Promise<Queues> {
  const onError = onceInAWhile((error: Error) => log.warn({ err: error }, `queue: ${error.message}`));
  const backend = openBackend(url, onError);
  if (!backend.reachable())
    await within(CONNECT_WITHIN_MS, new Promise<void>((resolve) => backend.onReachable(resolve)));
  const working = new Set<Answering>();

  async function ring<K extends QueueName>(name: K, payload: Payload<K>): Promise<boolean> {
    if (!backend.reachable()) return false;
    try {
      const heard = await within(RING_WITHIN_MS, backend.add(queues[name], queues[name].payload.parse(payload)));
      if (!heard) onError(new Error(`nobody heard ${name} within ${RING_WITHIN_MS} ms`));
      return heard;
    } catch (error) {
      onError(error as Error);
      return false;
    }
  }

  return {
    ring,
    async work(handlers, options = {}) {
      const answering = await startAnswering(
        { backend, log, onError, tick: () => ring("clock", {}) },
        handlers,
        options,
      );
      working.add(answering);
      return answering;
    },
    bullQueues: () => queueNames.map((name) => backend.queue(name)),
    async depths() {
      if (!backend.reachable()) throw new Error("the queues' server is away");
      const counts = queueNames.map(async (name) => [name, await backend.queue(name).getJobCounts(...STATES)] as const);
      return Object.fromEntries(await Promise.all(counts)) as Depths;
    },
    migrate: () => backend.migrate(),
    async close() {
      await Promise.all([...working].map((one) => one.close()));
      await within(CLOSE_WITHIN_MS, backend.close());
    },
  };
}
