import type { Frequency } from "../period.ts";
import { stepOf } from "../period.ts";
import type { Tier } from "../tier.ts";

/** One period of a case: what stands after it. */
export interface StoodIn {
  readonly period: number;
  readonly tier: Tier;
}

/** Since when a case stands before the SLT without a break, and for how many periods, the first and the last among them. */
export interface BeforeSlt {
  readonly since: number;
  readonly periods: number;
}

/**
 * For how long a case now stands before the SLT, by its events in order of period; null where it does not. Silence between
 * two events clears nothing and so counts; what comes after the last event is not decided yet and does not.
 */
export function beforeSlt(events: readonly StoodIn[], frequency: Frequency): BeforeSlt | null {
  const last = events.at(-1);
  if (last === undefined || last.tier !== "slt") return null;
  const below = events.findLastIndex(({ tier }) => tier !== "slt");
  const since = events[below + 1]?.period ?? last.period;
  return { since, periods: (last.period - since) / stepOf(frequency) + 1 };
}

/** Whether a case asks for its risk: it has stood before the SLT for so many periods; never without the protocol's word. */
export function asksForRisk(stood: BeforeSlt | null, rule: { readonly afterPeriods: number } | undefined): boolean {
  return stood !== null && rule !== undefined && stood.periods >= rule.afterPeriods;
}
