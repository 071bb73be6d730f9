import type { OperatorAct } from "@signalbox/db";
import { queueNames, type Queues, queues as definitions } from "@signalbox/queues";

/** A bell that was answered in vain as often as its queue allows. */
export interface FailedJob {
  /** Queue and job, as a form names them: "tell:17". */
  readonly id: string;
  readonly queue: string;
  readonly why: string;
  readonly since: Temporal.Instant;
}

/** The failed bells of the queues that keep them for a person, oldest first. */
export async function failedJobs(queues: Queues, limit: number): Promise<FailedJob[]> {
  const kept: readonly string[] = queueNames.filter((name) => definitions[name].retry.keepFailed === "all");
  const shown = queues.bullQueues().filter(({ name }) => kept.includes(name));
  const perQueue = await Promise.all(
    shown.map(async (queue) => {
      const jobs = await queue.getFailed(0, limit - 1);
      return jobs.map((job) => ({
        id: `${queue.name}:${job.id}`,
        queue: queue.name,
        why: job.failedReason,
        since: Temporal.Instant.fromEpochMilliseconds(job.finishedOn ?? job.timestamp),
      }));
    }),
  );
  return perQueue
    .flat()
    .toSorted((one, other) => Temporal.Instant.compare(one.since, other.since))
    .slice(0, limit);
}

/** Rings a failed bell again, or forgets it; false where there is no such bell, or it has not failed. */
export async function actOnJob(queues: Queues, id: string, act: OperatorAct): Promise<boolean> {
  const [name, ...rest] = id.split(":");
  const queue = queues.bullQueues().find((one) => one.name === name);
  const job = await queue?.getJob(rest.join(":"));
  if (!job || !(await job.isFailed())) return false;
  await (act === "retry" ? job.retry() : job.remove());
  return true;
}
