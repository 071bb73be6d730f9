import { AUDIT_PROBLEMS, type Clock, type Finding } from "@signalbox/db";
import { checks, type Facts } from "./checks.ts";

/** What is looked at, and how long it is given to come right by itself. */
export interface Looking extends Omit<Facts, "judged" | "machine"> {
  readonly clock: Clock;
  readonly machineNow: () => Temporal.Instant;
  /** Resolves when it is time for the second look. */
  readonly pause: () => Promise<void>;
}

/** One look at everything: what was found, and by which time it was judged. */
export interface Look {
  readonly judgedAt: Temporal.Instant | null;
  readonly found: readonly Finding[];
}

/**
 * Looks at everything; and where something is found, once more after a pause. What work under way puts right meanwhile is no
 * finding.
 */
export async function lookTwice(looking: Looking): Promise<Look> {
  const first = await look(looking);
  if (first.found.length === 0) return first;
  await looking.pause();
  const seen = new Set(first.found.map(keyOf));
  const second = await look(looking);
  return { ...second, found: second.found.filter((one) => seen.has(keyOf(one))) };
}

const keyOf = ({ name, what }: Finding) => `${name}\n${what}`;

async function look({ db, queues, clock, machineNow }: Looking): Promise<Look> {
  const judged = (await clock.ticking()) ? await clock.now() : null;
  const facts: Facts = { db, queues, judged, machine: machineNow() };
  const found: Finding[] = [];
  // One after another: it has a quarter of an hour, and those who work want the connections.
  for (const name of AUDIT_PROBLEMS) found.push(...(await checks[name](facts)).map((one) => ({ name, ...one })));
  return { judgedAt: judged, found };
}
