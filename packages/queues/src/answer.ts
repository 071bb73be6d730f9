import type { AnswerOptions } from "./bullmq.ts";
import type { Handler, Handlers, Outcome } from "./handler.ts";
import { type Payload, type QueueName, queues } from "./queues.ts";

/** What the queues say to the log; pino's logger is one. */
export interface QueueLog {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

interface Answering {
  readonly name: QueueName;
  readonly handlers: Handlers;
  readonly concurrency: number;
  readonly log: QueueLog;
  onError(error: Error): void;
}

/** How one queue is answered: its payload parsed again, for another version may have rung; what failed told to the log. */
export function answerOptions({ name, handlers, concurrency, log, onError }: Answering): AnswerOptions {
  const handler = handlers[name] as Handler<QueueName> | undefined;
  return {
    concurrency,
    onError,
    async answer(given): Promise<Outcome> {
      const payload = queues[name].payload.safeParse(given);
      if (!payload.success) return { kind: "giveUp", reason: `not a payload of ${name}: ${payload.error.message}` };
      if (!handler) return { kind: "retry", reason: `nobody answers ${name} here` };
      return handler(payload.data as Payload<QueueName>);
    },
    onFailed(payload, error, left) {
      const facts = { queue: name, payload, err: error };
      if (left) log.error(facts, `${name} was given up: ${error.message}`);
      else log.warn(facts, `${name} is tried again: ${error.message}`);
    },
  };
}
