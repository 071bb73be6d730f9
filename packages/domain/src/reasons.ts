import { BOARD, NO_TIER, SLT, type Tier } from "./tier.ts";

export type Rule = "threshold" | "persistence" | "deterioration";
export interface Reason {
  readonly rule: Rule;
  readonly tier: Tier;
}

/** Reasons of one period as a set of bits, so that a series needs one byte a period. */
export const REASONS = {
  thresholdBoard: 1,
  thresholdSlt: 2,
  persistenceSlt: 4,
  deteriorationBoard: 8,
  deteriorationSlt: 16,
} as const;

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

/** What is due: the tier (as its place in TIERS) of the worst reason. */
export function tierDue(bits: number): number {
  if (bits === 0) return NO_TIER;
  return (bits & REASONS_FOR_SLT) === 0 ? BOARD : SLT;
}
