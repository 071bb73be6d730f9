import { ASKED_KINDS, type AskedKind, type AskedStage } from "./asked.ts";
import type { CaseFacts, OpenStep } from "./case-facts.ts";

/** What comes next in a case: one of what may be asked, or that its forums come to see it. */
export type NextKind = AskedKind | "shown";

/** What comes next, by whom, by when and why. */
export interface NextStep {
  readonly what: NextKind;
  readonly who: readonly string[];
  /** "2026-12-08" */
  readonly dueOn: string;
  readonly why: string;
  readonly isOverdue: boolean;
  /** How far up it has gone. */
  readonly stage: AskedStage;
  /** How many more things are open. */
  readonly beside: number;
}

/**
 * The next step of any case that stands; null of one that has ended. Of what people are asked the nearest day comes first, then
 * what a case comes to first; what is asked quietly comes after, and where nothing is asked its forum looks at it.
 */
export function nextStep(facts: CaseFacts, today: string): NextStep | null {
  if (!facts.standing) return null;
  const [first] = facts.open.toSorted(nearestFirst);
  if (first !== undefined) {
    const { kind, people, dueOn, why, stage } = first;
    const isOverdue = dueOn < today;
    return { what: kind, who: people, dueOn, why, isOverdue, stage, beside: facts.open.length - 1 };
  }
  const nothing = { isOverdue: false, stage: "asked", beside: 0 } as const;
  if (facts.shownOn !== null && facts.shownOn >= today) {
    const why = "Until then those who answer for it may dispute the figure";
    return { ...nothing, what: "shown", who: facts.answering, dueOn: facts.shownOn, why };
  }
  const { people, on } = facts.looksNext;
  return { ...nothing, what: "review", who: people, dueOn: on, why: "Nothing else is asked of this case" };
}

function nearestFirst(one: OpenStep, other: OpenStep): number {
  if (one.quiet !== other.quiet) return Number(one.quiet) - Number(other.quiet);
  if (one.dueOn !== other.dueOn) return one.dueOn < other.dueOn ? -1 : 1;
  return ASKED_KINDS.indexOf(one.kind) - ASKED_KINDS.indexOf(other.kind);
}
