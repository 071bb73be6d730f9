import { type Depths, queueNames, queues, type QueueName, type Queues } from "@signalbox/queues";

/** How many bells of a queue were answered in vain as often as it allows, and are left for people to retry or dismiss. */
export function leftForPeople(depths: Depths, queue: QueueName): number {
  return queues[queue].retry.keepFailed === "all" ? depths[queue].failed : 0;
}

export function countLeftForPeople(depths: Depths): number {
  return queueNames.reduce((sum, name) => sum + leftForPeople(depths, name), 0);
}

/** Why the last of each queue's failed bells failed; queues without one are left out. */
export async function whyBellsFailed(open: Queues): Promise<ReadonlyMap<string, string>> {
  const asked = open.bullQueues().map(async (queue) => {
    const [last] = await queue.getFailed(0, 0);
    return last === undefined ? [] : [[queue.name, last.failedReason] as const];
  });
  return new Map((await Promise.all(asked)).flat());
}
