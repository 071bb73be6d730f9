import { BOARD, NO_TIER, SLT, type Tier } from "./tier.ts";

/** What the figures of a period say. */
export type Rule = "threshold" | "persistence" | "deterioration";
export interface Reason {
  readonly rule: Rule;
  readonly tier: Tier;
}

/** What people did about a case, or are to do: it waits for its chair's signature, has it, or its chair closed it. */
export type RuleOfPeople = "sign-off" | "signed-off" | "closed-by-chair";
/** Why a case moved, or did not. */
export interface EventReason {
  readonly rule: Rule | RuleOfPeople;
  readonly tier: Tier;
}

/** Reasons of one period as a set of bits, so that a series needs one byte a period. */
export const REASONS = {
  thresholdBoard: 1,
  thresholdSlt: 2,
  persistenceSlt: 4,
  deteriorationBoard: 8,
  deteriorationSlt: 16,
  /** Held for its chair's signature alone. */
  awaitsSignOff: 32,
  /** Stepped down or resolved because its chair signed it off. */
  signedOff: 64,
  closedByChair: 128,
} as const;

/** The reasons that an event alone can have: what people did or are to do, beside what the figures say. */
export const REASONS_BY_PEOPLE = REASONS.awaitsSignOff | REASONS.signedOff | REASONS.closedByChair;

/** Reasons for which a missing limit is no recovery (contract 6, rule 6). */
export const REASONS_BY_LIMIT = REASONS.thresholdBoard | REASONS.thresholdSlt | REASONS.persistenceSlt;
const REASONS_FOR_SLT = REASONS.thresholdSlt | REASONS.persistenceSlt | REASONS.deteriorationSlt;

const IN_ORDER: readonly (readonly [bit: number, reason: Reason])[] = [
  [REASONS.thresholdBoard, { rule: "threshold", tier: "board" }],
  [REASONS.thresholdSlt, { rule: "threshold", tier: "slt" }],
  [REASONS.persistenceSlt, { rule: "persistence", tier: "slt" }],
  [REASONS.deteriorationBoard, { rule: "deterioration", tier: "board" }],
  [REASONS.deteriorationSlt, { rule: "deterioration", tier: "slt" }],
];

/** The reasons in a set of bits: threshold, then persistence, then deterioration. */
export function reasonsOf(bits: number): Reason[] {
  return IN_ORDER.filter(([bit]) => (bits & bit) !== 0).map(([, reason]) => reason);
}

const OF_PEOPLE: readonly (readonly [bit: number, rule: RuleOfPeople])[] = [
  [REASONS.awaitsSignOff, "sign-off"],
  [REASONS.signedOff, "signed-off"],
  [REASONS.closedByChair, "closed-by-chair"],
];

/** The reasons of an event: those of the figures, then what people did. */
export function eventReasonsOf(bits: number): EventReason[] {
  const byPeople = OF_PEOPLE.filter(([bit]) => (bits & bit) !== 0);
  return [...reasonsOf(bits), ...byPeople.map(([, rule]): EventReason => ({ rule, tier: "none" }))];
}

/** What is due: the tier (as its place in TIERS) of the worst reason. */
export function tierDue(bits: number): number {
  if (bits === 0) return NO_TIER;
  return (bits & REASONS_FOR_SLT) === 0 ? BOARD : SLT;
}
