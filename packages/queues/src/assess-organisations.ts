import { z } from "zod";
import type { QueueDefinition } from "./queue.ts";

/** Rung when series were assessed, for reporting and several areas; answered by the evaluator. */
export const assessOrganisations = {
  name: "assess-organisations",
  payload: z.strictObject({}),
  retry: { attempts: 8, firstDelayMs: 500, keepFailed: "all" },
} as const satisfies QueueDefinition;
