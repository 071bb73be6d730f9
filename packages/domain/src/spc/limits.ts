import { mean } from "./mean.ts";

/** Centre line, process limits (3 sigma) and near limits (2 sigma) of one group; NaN where there is none. */
export interface Limits {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  readonly nearLower: number;
  readonly nearUpper: number;
}

const LIMIT = 2.66;
const NEAR_LIMIT = 2 * (2.66 / 3);
const SCREEN = 3.267;

/**
 * The limits of one group of values in order (NaN is missing), from the mean moving range. A gap is not bridged.
 * `fixAfter` counts rows, missing ones too; screening drops moving ranges, once, never values.
 */
export function limitsOf(
  values: Float64Array,
  { screenOutliers = true, fixAfter = Infinity }: { screenOutliers?: boolean; fixAfter?: number } = {},
): Limits {
  const baseline = fixAfter < values.length ? values.subarray(0, Math.floor(fixAfter)) : values;
  const centre = mean(baseline);
  const ranges = movingRanges(baseline);
  if (screenOutliers) screen(ranges);
  const range = mean(ranges);
  const far = LIMIT * range;
  const near = NEAR_LIMIT * range;
  return {
    mean: centre,
    lower: centre - far,
    upper: centre + far,
    nearLower: centre - near,
    nearUpper: centre + near,
  };
}

function movingRanges(values: Float64Array): Float64Array {
  const ranges = new Float64Array(values.length).fill(NaN);
  for (let i = 1; i < values.length; i += 1) ranges[i] = Math.abs((values[i] ?? NaN) - (values[i - 1] ?? NaN));
  return ranges;
}

/** Drops every moving range that is not below 3.267 times their mean: one that equals it is dropped too. */
function screen(ranges: Float64Array): void {
  const most = SCREEN * mean(ranges);
  for (let i = 0; i < ranges.length; i += 1) if (!((ranges[i] ?? NaN) < most)) ranges[i] = NaN;
}
