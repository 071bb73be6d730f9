import { type Limits } from "./limits.ts";
import { isOutside, sideOf } from "./point.ts";
import { runs } from "./run.ts";
import { trends } from "./trend.ts";
import { twoInThree } from "./two-in-three.ts";

export const CAUSES = ["none", "outside", "trend", "two-of-three", "run"] as const;
export type Cause = (typeof CAUSES)[number];
const [OUTSIDE, TREND, TWO_OF_THREE, RUN] = [1, 2, 3, 4] as const satisfies readonly number[];

/** How many points make a trend or a run, and whether points outside count as close for two in three. */
export interface CauseOptions {
  readonly points?: number;
  readonly closeIncludesOutside?: boolean;
}

/** Per point its cause (place in CAUSES) and where it points: 1 high or rising, -1 low or falling, 0 common cause. */
export interface SpecialCauses {
  readonly cause: Uint8Array;
  readonly direction: Int8Array;
}

/** The special causes of one group of values in order, NaN for missing ones; the first that applies wins, as in CAUSES. */
export function specialCauses(values: Float64Array, limits: Limits, options: CauseOptions = {}): SpecialCauses {
  const { points = 7, closeIncludesOutside = false } = options;
  const trend = trends(values, points);
  const close = twoInThree(values, limits, { closeIncludesOutside });
  const run = runs(values, limits, points);
  const cause = new Uint8Array(values.length);
  const direction = new Int8Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (isOutside(value, limits)) cause[i] = OUTSIDE;
    else if (trend[i] !== 0) cause[i] = TREND;
    else if (close[i] === 1) cause[i] = TWO_OF_THREE;
    else if (run[i] === 1) cause[i] = RUN;
    else continue;
    direction[i] = cause[i] === TREND ? (trend[i] ?? 0) : sideOf(value, limits) > 0 ? 1 : -1;
  }
  return { cause, direction };
}
