import { type Depths, queueNames, queues, type QueueName } from "@signalbox/queues";

/** Bells that were answered in vain as often as their queue allows; those of a queue that keeps none for people are left out. */
export function leftForPeople(depths: Depths, queue: QueueName): number {
  return queues[queue].retry.keepFailed === "all" ? depths[queue].failed : 0;
}

export function countLeftForPeople(depths: Depths): number {
  return queueNames.reduce((sum, name) => sum + leftForPeople(depths, name), 0);
}
