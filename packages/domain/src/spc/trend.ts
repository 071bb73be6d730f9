/**
 * The direction of the trend each point is part of (1 rising, -1 falling, 0 none): `points` values in a row each strictly
 * above, or below, the one before. A point shared by two trends, or the last of one that another follows at once, takes
 * the direction of its step to the next point, and no step counts as falling.
 */
export function trends(values: Float64Array, points: number): Int8Array {
  const inTrend = partOfTrend(values, points);
  const directions = new Int8Array(values.length);
  for (let i = 0; i < values.length; i += 1)
    if (inTrend[i] === 1) directions[i] = stepTo(values, inTrend[i + 1] === 1 ? i + 1 : i) > 0 ? 1 : -1;
  return directions;
}

function partOfTrend(values: Float64Array, points: number): Uint8Array {
  const flags = new Uint8Array(values.length);
  let steps = 0;
  let direction = 0;
  for (let i = 1; i < values.length; i += 1) {
    const here = Math.sign(stepTo(values, i));
    steps = here === direction ? steps + 1 : 1;
    direction = here;
    if (steps >= points - 1 && direction !== 0) flags.fill(1, i - steps, i + 1);
  }
  return flags;
}

function stepTo(values: Float64Array, i: number): number {
  return (values[i] ?? NaN) - (values[i - 1] ?? NaN);
}
