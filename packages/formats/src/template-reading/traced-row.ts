import { formatPeriod } from "@signalbox/domain";
import type { CompiledMetric } from "./compiled-metric.ts";
import type { Outcome } from "./outcome.ts";
import type { Where } from "./table-outcome.ts";
import { addressOf, type TracedRow } from "./trace.ts";

/** Says what cells became, for whoever asked to see it. */
export function tracedRow(
  { sheet, row, cells, places }: { sheet: string; row: number; cells: readonly string[]; places: readonly number[] },
  {
    metric,
    at,
    outcome,
    refused,
  }: { metric: CompiledMetric; at: Where | null; outcome: Outcome; refused: string | null },
): TracedRow {
  const counts = refused === null;
  return {
    sheet,
    row,
    cells: places.map((place) => ({ address: addressOf(place, row), text: cells[place]?.trim() ?? "" })),
    period: at && formatPeriod(at.period, metric.notation.frequency),
    organisation: at?.organisation ?? null,
    metric: metric.code,
    value: counts ? outcome.value : null,
    noValue: counts ? outcome.noValue : null,
    mark: counts ? outcome.mark : null,
    refused,
  };
}
