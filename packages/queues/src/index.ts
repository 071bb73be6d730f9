export type { QueueLog } from "./answer.ts";
export type { Queue } from "./bullmq.ts";
export type { Handler, Handlers, Outcome } from "./handler.ts";
export { type Depths, openQueues, type Queues } from "./open-queues.ts";
export { type Payload, type QueueName, queueNames, queues } from "./queues.ts";
export type { Answering, WorkOptions } from "./start-answering.ts";
