import type { z } from "zod";

/** How often a bell that was not answered is rung again before it is left for a person, and how long between. */
export interface RetryPolicy {
  /** The first ring included. */
  readonly attempts: number;
  /** Doubled with each attempt, and shortened by chance to as little as half. */
  readonly firstDelayMs: number;
  /** How many failed bells stay for a person to retry or dismiss. */
  readonly keepFailed: "all" | number;
}

/** One queue: a bell's name and what it says. The work itself is rows in PostgreSQL. */
export interface QueueDefinition<Payload extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly payload: Payload;
  readonly retry: RetryPolicy;
}
