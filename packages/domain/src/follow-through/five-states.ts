import type { AskedKind } from "./asked.ts";
import type { CaseFacts, DoneOn, OpenStep } from "./case-facts.ts";

/** What a case comes through, in order, each with a clock of its own. */
export const FIVE_STATES = ["acknowledged", "plan-received", "plan-accepted", "delivered", "embedded"] as const;
export type FiveState = (typeof FIVE_STATES)[number];

/** One of the five: reached, waited for by a day, or not asked for yet. */
export interface StateOfCase {
  readonly state: FiveState;
  readonly reached: DoneOn | null;
  /** By when it is to be reached, and by whom; null and nobody where it was, or where nobody is asked for it yet. */
  readonly dueOn: string | null;
  readonly people: readonly string[];
  readonly isOverdue: boolean;
}

const ASKED_BY: Readonly<Record<FiveState, AskedKind>> = {
  acknowledged: "acknowledgement",
  "plan-received": "action-plan",
  "plan-accepted": "plan-decision",
  delivered: "action",
  embedded: "embedding",
};

/** Where a case stands in each of the five states. What comes later covers what comes before: a plan that was sent is seen. */
export function fiveStates(facts: CaseFacts, today: string): StateOfCase[] {
  const { plan } = facts;
  const reached: Readonly<Record<FiveState, DoneOn | null>> = {
    acknowledged: facts.acknowledged,
    "plan-received": plan?.sent ?? null,
    "plan-accepted": plan?.accepted ?? null,
    delivered: plan?.delivered ?? null,
    embedded: plan?.embedded ?? null,
  };
  return FIVE_STATES.map((state, place) => {
    const done = FIVE_STATES.slice(place).flatMap((one) => reached[one] ?? []);
    const [first] = reached[state] === null ? done : [reached[state]];
    const asked = openOf(facts.open, ASKED_BY[state]);
    // What is asked again is open again: a plan that was sent back, an action that was added.
    if (first !== undefined && (asked === null || state === "acknowledged")) {
      return { state, reached: first, dueOn: null, people: [], isOverdue: false };
    }
    const dueOn = asked?.dueOn ?? (state === "delivered" && plan?.accepted ? plan.dueOn : null);
    const people = asked?.people ?? (state === "delivered" && plan?.accepted ? plan.owners : []);
    return { state, reached: null, dueOn, people, isOverdue: facts.standing && dueOn !== null && dueOn < today };
  });
}

/** All that is open of a kind as one: who is asked, by the earliest day, or for actions by the last. */
function openOf(open: readonly OpenStep[], kind: AskedKind): { dueOn: string; people: readonly string[] } | null {
  const days = open.filter((one) => one.kind === kind);
  const sorted = days.map(({ dueOn }) => dueOn).toSorted();
  const dueOn = kind === "action" ? sorted.at(-1) : sorted[0];
  return dueOn === undefined ? null : { dueOn, people: [...new Set(days.flatMap(({ people }) => people))] };
}
