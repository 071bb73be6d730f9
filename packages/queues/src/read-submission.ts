import { z } from "zod";
import type { QueueDefinition } from "./queue.ts";

/** Rung by whoever keeps a submission (web, CLI, inbox) and by the clock for those left; answered by ingestion. */
export const readSubmission = {
  name: "read-submission",
  payload: z.strictObject({ submission: z.int().positive() }),
  retry: { attempts: 8, firstDelayMs: 500, keepFailed: "all" },
} as const satisfies QueueDefinition;
