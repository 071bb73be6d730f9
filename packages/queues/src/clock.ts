import { z } from "zod";
import type { QueueDefinition } from "./queue.ts";

/** How far apart the ticks of the only timer are. */
export const TICK_MS = 15_000;

/**
 * Rung by its own scheduler every 15 s, and once when a process begins to answer it; answered by the evaluator, which
 * looks for all that time has made due and for work that was left. A tick that fails is made good by the next.
 */
export const clock = {
  name: "clock",
  payload: z.strictObject({}),
  retry: { attempts: 1, firstDelayMs: 1000, keepFailed: 20 },
} as const satisfies QueueDefinition;
