/** A number from 0 to 1 that depends on the key alone: the same key gives the same number on every machine and day. */
export function chance(key: string): number {
  let hash = SEED;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Bell-shaped around 0 with a standard deviation of about 1, never beyond 1.8, so that no accident makes a story. */
export function wobble(key: string): number {
  const sum = chance(`${key}/a`) + chance(`${key}/b`) + chance(`${key}/c`) + chance(`${key}/d`);
  return Math.max(-1.8, Math.min(1.8, (sum - 2) * Math.sqrt(3)));
}

const SEED = 0x5167a1b0;
