import type { Period } from "./period.ts";

export interface ReportingEvent {
  readonly period: Period;
  readonly event: "raised" | "continued" | "resolved";
  readonly metrics: string[];
  /** Whether it ended because its chair closed it. */
  readonly closed?: true;
}

/** When a silence becomes a case (undefined is never), how many months a period has, and as of when chairs closed it. */
export interface ReportingRules {
  readonly boardAfter: number | undefined;
  readonly step: 1 | 3;
  readonly closures?: readonly number[];
}

/**
 * The moves of the reporting case of one organisation, area and frequency (contract 6, rule 7): by metric and period, how
 * many periods in a row had no value. Metrics are named by code. What was silent when its chair closed the case is owed
 * again once it has come again.
 */
export function decideReporting(
  silentFor: ReadonlyMap<string, ReadonlyMap<Period, number>>,
  { boardAfter, step, closures = [] }: ReportingRules,
): ReportingEvent[] {
  const codes = [...silentFor.keys()].toSorted();
  const periods = [...silentFor.values()].flatMap((byPeriod) => [...byPeriod.keys()]);
  if (boardAfter === undefined || periods.length === 0) return [];
  const [first, last] = periods.reduce(([least, most], p) => [Math.min(least, p), Math.max(most, p)], [Infinity, 0]);
  const silence = (code: string, period: Period) => silentFor.get(code)?.get(period) ?? 0;
  const events: ReportingEvent[] = [];
  const excused = new Set<string>();
  let stands = false;
  let closed = 0;
  for (let period = first as Period; period <= last; period = (period + step) as Period) {
    for (const code of excused) if (silence(code, period) === 0) excused.delete(code);
    const metrics = codes.filter((code) => silence(code, period) >= boardAfter && !excused.has(code));
    let isClosed = false;
    for (; (closures[closed] ?? Infinity) <= period; closed += 1) isClosed = stands;
    if (isClosed) for (const code of codes) if (silence(code, period) > 0) excused.add(code);
    const goesOn: boolean = metrics.length > 0 && !isClosed;
    if (goesOn) events.push({ period, event: stands ? "continued" : "raised", metrics });
    else if (stands)
      events.push({ period, event: "resolved", metrics: [], ...(isClosed ? { closed: true as const } : {}) });
    stands = goesOn;
  }
  const after = closures[closed];
  if (stands && after !== undefined)
    events.push({ period: after as Period, event: "resolved", metrics: [], closed: true });
  return events;
}
