import type { Limits } from "./limits.ts";
import { sideOf } from "./point.ts";

/** Marks (1) every point of a run: at least `points` in a row strictly on one side of the mean; a gap breaks it. */
export function runs(values: Float64Array, limits: Limits, points: number): Uint8Array {
  const flags = new Uint8Array(values.length);
  let length = 0;
  let side = 0;
  for (let i = 0; i < values.length; i += 1) {
    const here = sideOf(values[i] ?? NaN, limits);
    length = here === side ? length + 1 : 1;
    side = here;
    if (length >= points && side !== 0) flags.fill(1, i - length + 1, i + 1);
  }
  return flags;
}
