/**
 * The mean of the values that are there (NaN is missing), as R takes it: a Neumaier-compensated sum, then the mean of the
 * residuals added. A plain sum puts a constant series of 0.1 below its own mean. NaN without any value.
 */
export function mean(values: Float64Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i += 1) if (!Number.isNaN(values[i])) count += 1;
  if (count === 0) return NaN;
  const rough = compensatedSum(values, 0) / count;
  return rough + compensatedSum(values, rough) / count;
}

function compensatedSum(values: Float64Array, less: number): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i += 1) {
    const term = (values[i] ?? NaN) - less;
    if (Number.isNaN(term)) continue;
    const next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }
  return sum + lost;
}
