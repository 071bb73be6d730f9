import type { CaseToPlan, CurrentCatalogue } from "@signalbox/db";
import {
  addWorkingDays,
  asPeriod,
  dayOf,
  EMPTY_PLAN,
  type Period,
  type PlanBody,
  type PlannedPath,
  rulesFor,
  stepOf,
} from "@signalbox/domain";

/** How many periods of the way back stand in a new plan. */
const AHEAD = { monthly: 6, quarterly: 4 } as const;

type Case = Pick<CaseToPlan, "metric" | "organisation" | "tier" | "frequency" | "reachedPeriod">;

/**
 * A new plan for some cases: one action, due when the protocol has plans delivered by, and for each case's figure the periods
 * after its last.
 */
export function prefilledPlan(
  cases: readonly Case[],
  { protocol }: Pick<CurrentCatalogue, "protocol">,
  { owner, now }: { owner: string | null; now: Temporal.Instant },
): PlanBody {
  const days = cases.flatMap(({ tier, frequency }) => {
    const within = rulesFor(protocol.body, frequency).followThrough?.[tier === "slt" ? "slt" : "board"]?.delivered;
    return within === undefined ? [] : [addWorkingDays(dayOf(now), within).toString()];
  });
  const dueOn = days.toSorted()[0] ?? null;
  return {
    ...EMPTY_PLAN,
    actions: [{ number: 1, what: "", owner: owner ?? "", startsOn: null, dueOn, effect: null }],
    path: cases.flatMap((one): PlannedPath[] => (one.metric === null ? [] : [pathOf(one, one.metric)])),
  };
}

function pathOf({ organisation, frequency, reachedPeriod }: Case, metric: string): PlannedPath {
  const periods = periodsAfter(reachedPeriod, frequency, AHEAD[frequency]);
  return { metric, organisation, values: periods.map((period) => ({ period, value: null })) };
}

/** So many periods after one. */
export function periodsAfter(last: Period, frequency: "monthly" | "quarterly", count: number): Period[] {
  return Array.from({ length: count }, (_, at) => asPeriod(last + (at + 1) * stepOf(frequency)));
}
