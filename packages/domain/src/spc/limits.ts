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
  const length = fixAfter < values.length ? Math.floor(fixAfter) : values.length;
  const centre = mean(values, length);
  const ranges = new Float64Array(length);
  let many = movingRanges(values, length, ranges);
  if (screenOutliers) many = screened(ranges, many);
  const range = mean(ranges, many);
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

/** Writes the moving ranges that there are into `ranges`, and returns how many. */
function movingRanges(values: Float64Array, length: number, ranges: Float64Array): number {
  let many = 0;
  for (let i = 1; i < length; i += 1) {
    const range = Math.abs((values[i] ?? NaN) - (values[i - 1] ?? NaN));
    if (!Number.isNaN(range)) ranges[many++] = range;
  }
  return many;
}

/** Drops every moving range that is not below 3.267 times their mean: one that equals it is dropped too. */
function screened(ranges: Float64Array, many: number): number {
  const most = SCREEN * mean(ranges, many);
  let kept = 0;
  for (let i = 0; i < many; i += 1) {
    const range = ranges[i] ?? NaN;
    if (range < most) ranges[kept++] = range;
  }
  return kept;
}
