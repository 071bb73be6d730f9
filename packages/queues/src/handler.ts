import type { Payload, QueueName } from "./queues.ts";

/**
 * What became of a bell: answered; to be rung again by the queue's retry policy; left for a person; or to be rung at a
 * time that is known.
 */
export type Outcome =
  | { kind: "done" }
  | { kind: "retry"; reason: string }
  | { kind: "giveUp"; reason: string }
  | { kind: "later"; at: Temporal.Instant };

/**
 * Answers a bell. It may be lost, doubled or late, and two may be answered at once: the handler finds its rows and locks
 * them. An error thrown is a `retry` with its message.
 */
export type Handler<K extends QueueName> = (payload: Payload<K>) => Promise<Outcome>;

/** The queues that one service answers. */
export type Handlers = { readonly [K in QueueName]?: Handler<K> };
