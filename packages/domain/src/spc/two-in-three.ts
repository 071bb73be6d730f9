import type { Limits } from "./limits.ts";
import { isClose, isOutside, sideOf } from "./point.ts";

/** By the bits of three points: whether at least two are set. */
const TWO_OR_MORE = [false, false, false, true, false, true, true, true] as const;

/** Marks (1) the close points of every window of three on one side of the mean of which at least two are close. */
export function twoInThree(
  values: Float64Array,
  limits: Limits,
  { closeIncludesOutside = false }: { closeIncludesOutside?: boolean } = {},
): Uint8Array {
  const flags = new Uint8Array(values.length);
  // How many values in a row are on this side of the mean, and which of the last three are close: the last one's bit is 1.
  let length = 0;
  let side = 0;
  let close = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    const here = sideOf(value, limits);
    length = here === side ? length + 1 : 1;
    side = here;
    const isNear = isClose(value, limits) || (closeIncludesOutside && isOutside(value, limits));
    close = ((close << 1) & 0b111) | (isNear ? 1 : 0);
    if (length < 3 || side === 0 || !TWO_OR_MORE[close]) continue;
    if (close & 0b100) flags[i - 2] = 1;
    if (close & 0b010) flags[i - 1] = 1;
    if (close & 0b001) flags[i] = 1;
  }
  return flags;
}
