/** What may be asked of somebody by a day, in the order in which a case comes to it. */
export const ASKED_KINDS = [
  "acknowledgement",
  "action-plan",
  "plan-decision",
  "action",
  "challenge",
  "embedding",
  "case-sign-off",
  "risk",
  "commentary",
  "return",
  "decision",
  "review",
] as const;
export type AskedKind = (typeof ASKED_KINDS)[number];

/** How far something asked for has gone while nobody answered, in order. */
export const CHASED_STAGES = [
  "asked",
  "reminded",
  "due",
  "overdue",
  "raised-a-level",
  "on-agenda",
  "in-summary",
] as const;
export type ChasedStage = (typeof CHASED_STAGES)[number];

/** Those stages, and its two ends. */
export type AskedStage = ChasedStage | "answered" | "withdrawn";

const OF_FORUMS: ReadonlySet<AskedKind> = new Set(["plan-decision", "case-sign-off", "review"]);

/** Whether it is asked of a forum's people, of whom no organisation's executive is above. */
export function isAskedOfForum(kind: AskedKind): boolean {
  return OF_FORUMS.has(kind);
}
