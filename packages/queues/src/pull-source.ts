import { z } from "zod";
import type { QueueDefinition } from "./queue.ts";

/**
 * Rung by the clock for each period of a source whose file is to be asked for; answered by ingestion. What came of it, and
 * when to ask again, stands in its row; a bell fails only where PostgreSQL does.
 */
export const pullSource = {
  name: "pull-source",
  payload: z.strictObject({ sourcePeriod: z.int().positive() }),
  retry: { attempts: 3, firstDelayMs: 1000, keepFailed: 20 },
} as const satisfies QueueDefinition;
