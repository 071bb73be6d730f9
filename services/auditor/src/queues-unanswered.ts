import type { Found } from "@signalbox/db";
import type { Queues } from "@signalbox/queues";

const PATIENCE_MS = 5000;

/** Queues whose first bell has waited since before a moment; or that the queues' server does not answer. */
export async function queuesUnanswered(
  queues: Pick<Queues, "bullQueues" | "depths">,
  before: Temporal.Instant,
): Promise<Found[]> {
  try {
    return await inTime(waitingTooLong(queues, before));
  } catch {
    return [{ what: "The queues do not answer", place: "/operations#state", since: null }];
  }
}

async function waitingTooLong(queues: Pick<Queues, "bullQueues" | "depths">, before: Temporal.Instant) {
  await queues.depths();
  const first = await Promise.all(
    queues.bullQueues().map(async (queue) => {
      const [job] = await queue.getWaiting(0, 0);
      return {
        name: queue.name,
        since: job === undefined ? null : Temporal.Instant.fromEpochMilliseconds(job.timestamp),
      };
    }),
  );
  return first.flatMap(({ name, since }): Found[] =>
    since !== null && Temporal.Instant.compare(since, before) < 0
      ? [{ what: `Nobody answers the queue ${name}`, place: "/operations/queues", since }]
      : [],
  );
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("the queues' server took too long")), PATIENCE_MS);
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
}
