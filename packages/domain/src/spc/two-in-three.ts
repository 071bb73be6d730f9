import type { Limits } from "./limits.ts";
import { isClose, isOutside, sideOf } from "./point.ts";

/** Marks (1) the close points of every window of three on one side of the mean of which at least two are close. */
export function twoInThree(
  values: Float64Array,
  limits: Limits,
  { closeIncludesOutside = false }: { closeIncludesOutside?: boolean } = {},
): Uint8Array {
  const flags = new Uint8Array(values.length);
  const close = (value: number): boolean =>
    isClose(value, limits) || (closeIncludesOutside && isOutside(value, limits));
  for (let last = 2; last < values.length; last += 1) {
    const window = values.subarray(last - 2, last + 1);
    const side = sideOf(window[0] ?? NaN, limits);
    if (side === 0 || !window.every((value) => sideOf(value, limits) === side)) continue;
    if (window.filter(close).length < 2) continue;
    for (let i = last - 2; i <= last; i += 1) if (close(values[i] ?? NaN)) flags[i] = 1;
  }
  return flags;
}
