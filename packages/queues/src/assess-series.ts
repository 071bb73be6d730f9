import { z } from "zod";
import type { QueueDefinition } from "./queue.ts";

/** Rung by ingestion, by a loaded catalogue and by the clock when series are due; answered by the evaluator. */
export const assessSeries = {
  name: "assess-series",
  payload: z.strictObject({}),
  retry: { attempts: 8, firstDelayMs: 500, keepFailed: "all" },
} as const satisfies QueueDefinition;
