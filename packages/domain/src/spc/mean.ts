/**
 * The mean of the values that are there (NaN is missing), as R takes it: a compensated sum, then the mean of the
 * residuals added. A plain sum puts a constant series of 0.1 below its own mean. NaN without any value.
 */
export function mean(values: Float64Array, length = values.length): number {
  const count = present(values, length);
  if (count === 0) return NaN;
  const rough = compensatedSum(values, length, 0) / count;
  return rough + compensatedSum(values, length, rough) / count;
}

function present(values: Float64Array, length: number): number {
  let count = 0;
  for (let i = 0; i < length; i += 1) if (!Number.isNaN(values[i])) count += 1;
  return count;
}

function compensatedSum(values: Float64Array, length: number, less: number): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < length; i += 1) {
    const term = (values[i] ?? NaN) - less;
    if (Number.isNaN(term)) continue;
    const next = sum + term;
    // What rounding took off, exactly and without asking which of the two is larger (Knuth's two-sum): a branch costs more.
    const taken = next - sum;
    lost += sum - (next - taken) + (term - taken);
    sum = next;
  }
  return sum + lost;
}
