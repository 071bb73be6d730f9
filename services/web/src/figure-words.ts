import type { Metric } from "@signalbox/db";
import { formatValue } from "@signalbox/domain";

/** A figure as it stands, or why there is none: "94.6%", "no value: suppressed", "12 (estimated)". */
export function figureInWords(
  figure: { readonly value: number | null; readonly noValue: string | null; readonly mark?: string | null } | null,
  metric: Pick<Metric, "unit" | "scale" | "decimals"> | undefined,
): string {
  if (figure === null) return "nothing";
  const { value, noValue, mark } = figure;
  if (value === null) return noValue === null ? "no value" : `no value: ${noValue}`;
  const shown = metric === undefined ? String(value) : formatValue(value, metric);
  return mark ? `${shown} (${mark})` : shown;
}
