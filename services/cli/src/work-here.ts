import { servicesNotSeen } from "@signalbox/db";
import type { Queues } from "@signalbox/queues";
import type { Parts } from "./parts.ts";
import { SEEN_WITHIN, type ServiceName, startServices } from "./services.ts";

const MAIN_JOB = ["ingestion", "evaluator", "notifier"] as const;

/** Which services of the main job nobody runs now. */
export async function missingServices({ db }: Pick<Parts, "db">): Promise<ServiceName[]> {
  const missing = await servicesNotSeen(db, MAIN_JOB, Temporal.Now.instant().subtract(SEEN_WITHIN));
  return MAIN_JOB.filter((name) => missing.includes(name));
}

/** Returns a function that starts here, until `stack` closes, the services of the main job that nobody else runs. */
export function workHere(stack: AsyncDisposableStack, parts: Parts & { readonly queues: Queues }): () => Promise<void> {
  const here = new Set<ServiceName>();
  return async () => {
    if (here.size === MAIN_JOB.length) return;
    const missing = (await missingServices(parts)).filter((name) => !here.has(name));
    if (missing.length === 0) return;
    await startServices(stack, parts, missing);
    for (const name of missing) here.add(name);
  };
}
