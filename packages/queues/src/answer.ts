import type { AnswerOptions } from "./bullmq.ts";
import type { Handlers, Outcome } from "./handler.ts";
import { type QueueName, queues } from "./queues.ts";

/** What the queues say to the log; pino's logger is one. */
export interface QueueLog {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

interface OneQueue {
  readonly name: QueueName;
  readonly handlers: Handlers;
  readonly concurrency: number;
  /** The answers under way, for whoever waits for their end. */
  readonly running: Set<Promise<unknown>>;
  readonly log: QueueLog;
  onError(error: Error): void;
}

/** How one queue is answered: its payload parsed again, for another version may have rung; what failed told to the log. */
export function answerOptions({ name, handlers, running, concurrency, log, onError }: OneQueue): AnswerOptions {
  // The payload is parsed by the schema of the same name; the map of handlers cannot say so to the compiler.
  const handler = handlers[name] as ((payload: unknown) => Promise<Outcome>) | undefined;
  return {
    concurrency,
    onError,
    async answer(given): Promise<Outcome> {
      const payload = queues[name].payload.safeParse(given);
      if (!payload.success) return { kind: "giveUp", reason: `not a payload of ${name}: ${payload.error.message}` };
      if (!handler) return { kind: "retry", reason: `nobody answers ${name} here` };
      const answer = handler(payload.data);
      running.add(answer);
      return answer.finally(() => running.delete(answer));
    },
    onFailed(payload, error, left) {
      const facts = { queue: name, payload, err: error };
      if (left) log.error(facts, `${name} was given up: ${error.message}`);
      else log.warn(facts, `${name} is tried again: ${error.message}`);
    },
  };
}
