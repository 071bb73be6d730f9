import type { Period } from "./period.ts";

export interface ReportingEvent {
  readonly period: Period;
  readonly event: "raised" | "continued" | "resolved";
  readonly metrics: string[];
}

/**
 * The moves of the reporting case of one organisation, area and frequency (contract 6, rule 7): by metric and period, how
 * many periods in a row had no value. Metrics are named by code; `boardAfter` undefined is never.
 */
export function decideReporting(
  silentFor: ReadonlyMap<string, ReadonlyMap<Period, number>>,
  boardAfter: number | undefined,
  step: 1 | 3,
): ReportingEvent[] {
  const codes = [...silentFor.keys()].toSorted();
  const periods = [...silentFor.values()].flatMap((byPeriod) => [...byPeriod.keys()]);
  if (boardAfter === undefined || periods.length === 0) return [];
  const [first, last] = periods.reduce(([least, most], p) => [Math.min(least, p), Math.max(most, p)], [Infinity, 0]);
  const events: ReportingEvent[] = [];
  let stands = false;
  for (let period = first as Period; period <= last; period = (period + step) as Period) {
    const metrics = codes.filter((code) => (silentFor.get(code)?.get(period) ?? 0) >= boardAfter);
    if (metrics.length > 0) events.push({ period, event: stands ? "continued" : "raised", metrics });
    else if (stands) events.push({ period, event: "resolved", metrics });
    stands = metrics.length > 0;
  }
  return events;
}
