const FIRST = 5_000;
const LONGEST = 15 * 60_000;

/** A quarter of an hour apart these are five days, as long as mail servers try. */
export const MAX_ATTEMPTS = 480;

/** Milliseconds until the next attempt: doubled each time up to a quarter of an hour, shortened by chance by up to half. */
export function backOff(attempts: number, chance: () => number): number {
  const longest = Math.min(LONGEST, FIRST * 2 ** Math.min(attempts - 1, 20));
  return Math.round(longest * (1 - chance() / 2));
}
