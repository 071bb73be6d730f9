export type { QueueLog } from "./answer.ts";
export type { Queue } from "./bullmq.ts";
export type { Handler, Handlers, Outcome } from "./handler.ts";
export { type Depths, openQueues, type Queues, type WorkOptions } from "./open-queues.ts";
export { type Payload, type QueueName, queueNames, queues } from "./queues.ts";
