import { setTimeout as pause } from "node:timers/promises";

const LOOK_EVERY_MS = 15;

/** Waits until a condition holds, looking again and again. Throws, saying what was waited for, after `within` milliseconds. */
export async function waitUntil(
  what: string,
  holds: () => boolean | Promise<boolean>,
  { within = 30_000 }: { within?: number } = {},
): Promise<void> {
  const deadline = Date.now() + within;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${within} ms`);
    await pause(LOOK_EVERY_MS);
  }
}
