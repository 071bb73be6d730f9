import type { ParsedValue, Unit, ValueNotation } from "@signalbox/domain";

export interface Settled {
  value: number | null;
  noValue: string | null;
  mark: string | null;
}

/** How a numerator or denominator is written: as money or time where the metric is that, else as a plain number. */
export function partNotation(unit: Unit): ValueNotation {
  return { unit: unit === "money" || unit === "duration" ? unit : "count", scale: [] };
}

/** The value that numerator and denominator give: multiplied first for a percent. Null where the denominator is 0. */
export function ratioOf(unit: Unit, numerator: number, denominator: number): number | null {
  if (denominator === 0) return null;
  return unit === "percent" ? (100 * numerator) / denominator : numerator / denominator;
}

/** What counts of a value, a numerator and a denominator: the value, where it is empty the ratio, else no value. */
export function settle(
  unit: Unit,
  given: Exclude<ParsedValue, { kind: "problem" }>,
  parts: { numerator: number | null; denominator: number | null },
): Settled {
  if (given.kind === "value") return { value: given.value, noValue: null, mark: given.mark ?? null };
  const { numerator, denominator } = parts;
  if (given.reason !== "empty" || numerator === null || denominator === null)
    return { value: null, noValue: given.reason, mark: null };
  const value = ratioOf(unit, numerator, denominator);
  return { value, noValue: value === null ? "denominator 0" : null, mark: null };
}

/** Whether a value as it is written is not the ratio rounded to the digits it is written with. */
export function differsBeyondDigits(text: string, value: number, ratio: number): boolean {
  return Math.abs(value - ratio) > halfUnitOf(text) * (1 + 1e-9) + 1e-12 * Math.abs(ratio);
}

function halfUnitOf(text: string): number {
  const decimals = /\.(\d*)/.exec(text)?.[1]?.length ?? 0;
  const scale = /(k|m|bn)\)?\s*$/i.exec(text)?.[1]?.toLowerCase();
  const power = scale === "k" ? 3 : scale === "m" ? 6 : scale === "bn" ? 9 : 0;
  return 0.5 * 10 ** (power - decimals);
}
