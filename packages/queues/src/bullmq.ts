import {
  createPostgresBackend,
  createRedisBackend,
  DelayedError,
  type Job,
  type JobsOptions,
  type PgPool,
  type Queue,
  runMigrations,
  UnrecoverableError,
  withBackend,
  type Worker,
} from "bullmq";
import type { Outcome } from "./handler.ts";
import { openPool } from "./postgres.ts";
import type { QueueDefinition, RetryPolicy } from "./queue.ts";
import { openRedis } from "./redis.ts";

export type { Queue, Worker };

/** What BullMQ does for the queues, the same over Redis and over PostgreSQL. */
export interface Backend {
  /** Brings the queues' own schema up to date; nothing to do on Redis. */
  migrate(): Promise<void>;
  /** False when it is known that no bell can be heard now. */
  reachable(): boolean;
  /** Calls back each time the server is there again, until undone. */
  onReachable(callback: () => void): () => void;
  queue(name: string): Queue;
  add(definition: QueueDefinition, payload: object): Promise<void>;
  /** Begins to answer. Rejects when PostgreSQL is not ready for it; waits for Redis in the background. */
  answer(definition: QueueDefinition, options: AnswerOptions): Promise<Worker>;
  close(): Promise<void>;
}

export interface AnswerOptions {
  readonly concurrency: number;
  answer(payload: unknown): Promise<Outcome>;
  onError(error: Error): void;
  /** A bell failed: it is rung again, or left for a person. */
  onFailed(payload: unknown, error: Error, left: boolean): void;
}

const PREFIX = "signalbox";
const KEEP_COMPLETED = 100;
const KEEP_EVENTS = 1000;

const queueOptions = { prefix: PREFIX, streams: { events: { maxLen: KEEP_EVENTS } } };
// A bell that a killed worker had just taken swallows the same bell rung again, until it is found to be stalled: so that
// is within a tick of the clock. Who loses a lock by being busy has its bell answered twice, which does no harm.
const STALLED = { lockDuration: 10_000, stalledInterval: 5000, maxStalledCount: 5 };
const workerOptions = { prefix: PREFIX, runRetryDelay: 500, ...STALLED };

/** What a bell of this policy is added with. */
export function jobOptions({ attempts, firstDelayMs, keepFailed }: RetryPolicy): JobsOptions {
  return {
    attempts,
    backoff: { type: "exponential", delay: firstDelayMs, jitter: 0.5 },
    removeOnComplete: { count: KEEP_COMPLETED },
    removeOnFail: keepFailed === "all" ? false : { count: keepFailed },
  };
}

async function carryOut(job: Job, token: string | undefined, outcome: Outcome): Promise<void> {
  switch (outcome.kind) {
    case "done":
      return;
    case "retry":
      throw new Error(outcome.reason);
    case "giveUp":
      throw new UnrecoverableError(outcome.reason);
    case "later":
      await job.moveToDelayed(outcome.at.epochMilliseconds, token);
      throw new DelayedError();
  }
}

/** At most one bell of a payload waits; from the moment it is being answered, the next one is another. */
function processorOf(options: AnswerOptions) {
  return async (job: Job, token?: string): Promise<void> => {
    await job.removeDeduplicationKey();
    await carryOut(job, token, await options.answer(job.data));
  };
}

/** BullMQ over one server. */
interface Server extends Pick<Backend, "migrate" | "reachable" | "onReachable"> {
  newQueue(name: string): Queue;
  newWorker(name: string, options: AnswerOptions): Worker;
  /** Whether to begin means that the server is there. */
  readonly mustBeThere: boolean;
  disconnect(): Promise<void>;
}

function onRedis(url: string, onError: (error: Error) => void): Server {
  const { ringing, answering, close } = openRedis(url, onError);
  const bull = withBackend(createRedisBackend);
  return {
    migrate: async () => {},
    reachable: () => ringing.status === "ready",
    onReachable(callback) {
      ringing.on("ready", callback);
      return () => ringing.off("ready", callback);
    },
    newQueue: (name) => new bull.Queue(name, { ...queueOptions, connection: ringing }),
    newWorker: (name, options) =>
      new bull.Worker(name, processorOf(options), {
        ...workerOptions,
        concurrency: options.concurrency,
        connection: answering,
      }),
    mustBeThere: false,
    disconnect: async () => close(),
  };
}

/** BullMQ's tables have a schema of their own, `bullmq`. Its two backends' types differ in their connection alone. */
function onPostgres(url: string, onError: (error: Error) => void): Server {
  const pool = openPool(url, onError);
  const connection = pool as unknown as PgPool; // Overloads of pg are more than its narrower types admit.
  const bull = withBackend(createPostgresBackend);
  return {
    async migrate() {
      const client = await pool.connect();
      try {
        await runMigrations(client);
      } finally {
        client.release();
      }
    },
    reachable: () => true,
    onReachable: () => () => {}, // PostgreSQL is where the work is: without it there is nothing to ring for.
    newQueue: (name) => new bull.Queue(name, { ...queueOptions, connection }) as unknown as Queue,
    newWorker: (name, options) =>
      new bull.Worker(name, processorOf(options), {
        ...workerOptions,
        concurrency: options.concurrency,
        connection,
      }) as unknown as Worker,
    mustBeThere: true,
    disconnect: () => pool.end(),
  };
}

/** Opens BullMQ over what the address names: redis, rediss, postgres or postgresql. Does not wait for the server. */
export function openBackend(url: string, onError: (error: Error) => void): Backend {
  const server = new URL(url).protocol.startsWith("redis") ? onRedis(url, onError) : onPostgres(url, onError);
  const opened = new Map<string, Queue>();
  const queue = (name: string): Queue => {
    const found = opened.get(name);
    if (found) return found;
    const made = server.newQueue(name);
    made.on("error", onError);
    // BullMQ keeps a failure to connect for ever; the next caller gets a new one.
    made.waitUntilReady().catch(() => opened.delete(name));
    opened.set(name, made);
    return made;
  };
  return {
    migrate: server.migrate,
    reachable: server.reachable,
    onReachable: server.onReachable,
    queue,
    async add({ name, retry }, payload) {
      await queue(name).add(name, payload, { ...jobOptions(retry), deduplication: { id: JSON.stringify(payload) } });
    },
    async answer({ name }, options) {
      const worker = server.newWorker(name, options);
      worker.on("error", options.onError);
      worker.on("failed", (job, error) => options.onFailed(job?.data, error, job?.finishedOn !== undefined));
      if (server.mustBeThere) await worker.waitUntilReady();
      return worker;
    },
    async close() {
      await Promise.allSettled([...opened.values()].map((one) => one.close()));
      await server.disconnect();
    },
  };
}
