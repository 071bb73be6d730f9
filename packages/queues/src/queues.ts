import type { z } from "zod";
import { assessOrganisations } from "./assess-organisations.ts";
import { assessSeries } from "./assess-series.ts";
import { clock } from "./clock.ts";
import { pullSource } from "./pull-source.ts";
import { readSubmission } from "./read-submission.ts";
import { tell } from "./tell.ts";

/** Every queue there is. */
export const queues = {
  "pull-source": pullSource,
  "read-submission": readSubmission,
  "assess-series": assessSeries,
  "assess-organisations": assessOrganisations,
  tell,
  clock,
} as const;

export type QueueName = keyof typeof queues;
export type Payload<K extends QueueName> = z.output<(typeof queues)[K]["payload"]>;

export const queueNames = Object.keys(queues) as QueueName[];
