import type { Generated, GeneratedAlways } from "kysely";
import type { InstantColumn, JsonColumn, NullableInstant } from "./columns.ts";

/** What follows a case: plans and their actions, choices, acts, answers. Days are "YYYY-MM-DD"; people are e-mail addresses. */
export interface FollowThroughTables {
  action_plan: ActionPlanTable;
  action_plan_revision: ActionPlanRevisionTable;
  action_plan_case: ActionPlanCaseTable;
  action_plan_path: ActionPlanPathTable;
  action: ActionTable;
  action_rating: ActionRatingTable;
  evidence: EvidenceTable;
  effect_check: EffectCheckTable;
  request_date: RequestDateTable;
  answer: AnswerTable;
  answer_link: AnswerLinkTable;
  case_choice: CaseChoiceTable;
  case_act: CaseActTable;
  dispute: DisputeTable;
  sign_off_refusal: SignOffRefusalTable;
}

export interface ActionPlanTable {
  id: GeneratedAlways<number>;
  organisation: string;
  state: Generated<"draft" | "sent" | "accepted" | "sent-back" | "withdrawn">;
  /** The last one that was sent; 0 for a plan that never was. */
  revision: Generated<number>;
  draft: JsonColumn | null;
  /** How often its draft was saved. */
  edition: Generated<number>;
  drafted_by: string | null;
  drafted_at: NullableInstant;
  made_by: string;
  made_at: InstantColumn;
}

export interface ActionPlanRevisionTable {
  plan: number;
  revision: number;
  body: JsonColumn;
  sent_by: string;
  sent_at: InstantColumn;
  decision: "accepted" | "sent-back" | "withdrawn" | null;
  decided_by: string | null;
  decided_at: NullableInstant;
  note: string | null;
}

export interface ActionPlanCaseTable {
  plan: number;
  escalation: number;
  reason: Generated<string>;
  added_by: string;
  added_at: InstantColumn;
  ended_at: NullableInstant;
}

export interface ActionPlanPathTable {
  plan: number;
  revision: number;
  series: number;
  period: number;
  value: number;
}

export interface ActionTable {
  id: GeneratedAlways<number>;
  plan: number;
  number: number;
  what: string;
  owner: string;
  starts_on: string | null;
  due_on: string;
  effect_series: number | null;
  effect_by: number | null;
  /** The period by which the effect is expected. */
  effect_in: number | null;
  added_in: number;
  dropped_in: number | null;
}

export interface ActionRatingTable {
  id: GeneratedAlways<number>;
  action: number;
  aspect: "delivery" | "embedding";
  rating: "complete" | "on-track" | "off-track" | "overdue";
  reason: Generated<string>;
  explanation: Generated<string>;
  mitigation: Generated<string>;
  done_on: string | null;
  by: string;
  at: InstantColumn;
}

export interface EvidenceTable {
  id: GeneratedAlways<number>;
  action: number;
  kind: "link" | "file";
  name: string;
  url: string | null;
  media_type: string | null;
  size: number | null;
  sha256: string | null;
  bytes: Buffer | null;
  by: string;
  at: InstantColumn;
  removed_by: string | null;
  removed_at: NullableInstant;
}

export interface EffectCheckTable {
  id: GeneratedAlways<number>;
  plan: number;
  revision: number;
  escalation: number;
  series: number;
  delivered_on: string;
  judged_in: number;
  next_at: NullableInstant;
  outcome: "moved" | "not-moved" | null;
  said: Generated<string>;
  figures: string | null;
  judged_at: NullableInstant;
  ended_at: NullableInstant;
  made_at: InstantColumn;
}

export interface RequestDateTable {
  id: GeneratedAlways<number>;
  request: number;
  was: string;
  due_on: string;
  reason: string;
  by: string;
  at: InstantColumn;
}

export interface AnswerTable {
  id: GeneratedAlways<number>;
  kind: string;
  request: number | null;
  escalation: number | null;
  action: number | null;
  body: string;
  by: string;
  at: InstantColumn;
}

export interface AnswerLinkTable {
  id: GeneratedAlways<number>;
  request: number;
  /** Null where no case asks, as for commentary on a limit in draft. */
  escalation: number | null;
  person: string;
  made_at: InstantColumn;
  expires_at: InstantColumn;
  used_at: NullableInstant;
  revoked_at: NullableInstant;
  revoked_by: string | null;
}

export interface CaseChoiceTable {
  id: GeneratedAlways<number>;
  escalation: number;
  choice: "ask-plan" | "covered-by" | "accept-until" | "wait";
  plan: number | null;
  until: string | null;
  reason: string;
  by: string;
  at: InstantColumn;
  ended_at: NullableInstant;
}

export interface CaseActTable {
  id: GeneratedAlways<number>;
  act: "sign-off" | "closure";
  escalation: number;
  series: number | null;
  /** As of which it counts. */
  period: number;
  /** What the chair wrote; of a closure the minute. */
  note: string;
  by: string;
  at: InstantColumn;
  taken_back_by: string | null;
  taken_back_at: NullableInstant;
}

export interface DisputeTable {
  id: GeneratedAlways<number>;
  series: number;
  period: number;
  submission: number | null;
  reason: string;
  by: string;
  at: InstantColumn;
  until_at: InstantColumn;
  ended_at: NullableInstant;
  ended_by: string | null;
  ended_why: "settled" | "restated" | "ran-out" | null;
  /** When its case would have been shown to its forums; null where it was shown before. */
  shown_before: NullableInstant;
  /** The word it was settled with. */
  ended_note: Generated<string>;
}

export interface SignOffRefusalTable {
  id: GeneratedAlways<number>;
  escalation: number;
  reason: string;
  review_on: string;
  by: string;
  at: InstantColumn;
  /** When the case was signed off, or refused anew. */
  ended_at: NullableInstant;
}
