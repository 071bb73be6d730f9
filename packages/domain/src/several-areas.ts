import type { Period } from "./period.ts";
import { close, type Move, move, nothingStands } from "./standing.ts";
import { NO_TIER, SLT, type Tier, tierAt } from "./tier.ts";

/** What one of a provider's own series contributes: arrays by period from `first` on, `step` months apart. */
export interface StandingSeries {
  readonly area: string;
  readonly first: Period;
  readonly step: 1 | 3;
  /** Places in TIERS. */
  readonly tier: Uint8Array;
  readonly actual: Float64Array;
}

/** One month of a provider: the areas in which a series of its stands, by name, and whether any series has a value. */
export interface MonthOfAreas {
  readonly period: Period;
  readonly areas: string[];
  readonly hasValue: boolean;
}

export interface SeveralAreasEvent {
  readonly period: Period;
  readonly event: Move;
  readonly tier: Tier;
  readonly areas: string[];
  /** Whether it ended because its chair closed it. */
  readonly closed?: true;
}

/** The areas in which something stands, by name, and whether they are enough for a case before the SLT. */
export function areasStanding(
  standing: readonly (readonly [area: string, tier: Tier])[],
  areas: number,
): { areas: string[]; escalates: boolean } {
  const named = [...new Set(standing.filter(([, tier]) => tier !== "none").map(([area]) => area))].toSorted();
  return { areas: named, escalates: named.length >= areas };
}

/** The months of a provider, each series by its tier at its last period ended by then (contract 6, rule 8). */
export function monthsOfAreas(series: readonly StandingSeries[]): MonthOfAreas[] {
  if (series.length === 0) return [];
  const from = Math.min(...series.map(({ first, step }) => first + step - 1));
  const to = Math.max(...series.map(({ first, step, tier }) => first + step * tier.length - 1));
  const months: MonthOfAreas[] = [];
  for (let month = from; month <= to; month += 1) {
    const standing = series.map((one) => [one.area, tierInMonth(one, month)] as const);
    months.push({
      period: month as Period,
      areas: areasStanding(standing, 1).areas,
      hasValue: series.some((one) => hasValueIn(one, month)),
    });
  }
  return months;
}

/** The moves of a provider's several-areas case; months in order, those without any value count for nothing. */
export function decideSeveralAreas(
  months: readonly MonthOfAreas[],
  { areas, stepDownAfter, closures = [] }: { areas: number; stepDownAfter: number; closures?: readonly number[] },
): SeveralAreasEvent[] {
  const standing = nothingStands();
  const stepDown = { after: stepDownAfter, needsSignOff: false };
  const events: SeveralAreasEvent[] = [];
  const closeIn = (period: Period) => {
    close(standing);
    events.push({ period, event: "resolved", tier: tierAt(NO_TIER), areas: [], closed: true });
  };
  let closed = 0;
  for (const month of months) {
    const stoodBefore = standing.tier !== NO_TIER;
    const due = month.areas.length >= areas ? SLT : NO_TIER;
    const event = month.hasValue ? move(standing, { due, byLimit: false, limited: true }, stepDown) : null;
    let isClosed = false;
    for (; (closures[closed] ?? Infinity) <= month.period; closed += 1) isClosed = stoodBefore;
    if (isClosed) closeIn(month.period);
    else if (event !== null) {
      events.push({ period: month.period, event, tier: tierAt(standing.tier), areas: month.areas });
    }
  }
  const after = closures[closed];
  if (after !== undefined && standing.tier !== NO_TIER) closeIn(after as Period);
  return events;
}

/** The place of the last period ended by a month; negative where none has. */
function placeIn({ first, step }: StandingSeries, month: number): number {
  return Math.floor((month + 1 - first) / step) - 1;
}

function tierInMonth(series: StandingSeries, month: number): Tier {
  const place = Math.min(placeIn(series, month), series.tier.length - 1);
  return place < 0 ? "none" : tierAt(series.tier[place]);
}

/** Whether a period that ends in this month has a value. */
function hasValueIn(series: StandingSeries, month: number): boolean {
  if ((month + 1 - series.first) % series.step !== 0) return false;
  return !Number.isNaN(series.actual[placeIn(series, month)] ?? NaN);
}
