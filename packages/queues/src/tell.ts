import { z } from "zod";
import type { QueueDefinition } from "./queue.ts";

/** Rung when something is to be told (decisions, receipts, requests, releases) and by the clock; answered by the notifier. */
export const tell = {
  name: "tell",
  payload: z.strictObject({}),
  retry: { attempts: 8, firstDelayMs: 1000, keepFailed: "all" },
} as const satisfies QueueDefinition;
