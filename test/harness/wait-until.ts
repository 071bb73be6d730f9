import { setTimeout as pause } from "node:timers/promises";

/** Often enough not to hold a test up; a bench looks less often, not to take part in what it measures. */
const LOOK_EVERY_MS = 15;

/** Waits until a condition holds, looking again and again. Throws, saying what for, after `within` milliseconds. */
export async function waitUntil(
  what: string,
  holds: () => boolean | Promise<boolean>,
  { within = 30_000, lookEvery = LOOK_EVERY_MS }: { within?: number; lookEvery?: number } = {},
): Promise<void> {
  const deadline = Date.now() + within;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${within} ms`);
    await pause(lookEvery);
  }
}
