import type { Generated, GeneratedAlways } from "kysely";
import type { InstantColumn, JsonWithDefault, NullableInstant } from "./columns.ts";

/** Who is told what, how it was sent, what was asked of whom. */
export interface TellingTables {
  telling: TellingTable;
  mail: MailTable;
  notice: NoticeTable;
  request: RequestTable;
}

export interface TellingTable {
  id: GeneratedAlways<number>;
  kind: string;
  reason: string;
  escalation: number | null;
  event: number | null;
  submission: number | null;
  series: number | null;
  organisation: string | null;
  period: number | null;
  forums: Generated<readonly string[]>;
  recipients: Generated<readonly string[]>;
  tell_at: InstantColumn;
  digest: string | null;
  caused_by: Generated<readonly number[]>;
  detail: JsonWithDefault;
  state: Generated<"waiting" | "made" | "dropped">;
  made_at: NullableInstant;
  key: string;
}

export interface MailTable {
  id: GeneratedAlways<number>;
  kind: string;
  recipient: string;
  sent_to: string;
  message_id: string;
  subject: string;
  raw: Buffer | null;
  status: "held" | "sending" | "sent" | "deferred" | "failed" | "unknown";
  attempts: Generated<number>;
  made_at: InstantColumn;
  attempted_at: NullableInstant;
  next_attempt_at: NullableInstant;
  sent_at: NullableInstant;
  failure: string | null;
  dismissed_at: NullableInstant;
}

export interface NoticeTable {
  id: GeneratedAlways<number>;
  telling: number;
  kind: string;
  reason: string;
  recipient: string;
  escalation: number | null;
  event: number | null;
  submission: number | null;
  caused_by: Generated<readonly number[]>;
  status: Generated<"pending" | "sending" | "sent" | "failed" | "unknown" | "superseded">;
  mail: number | null;
  after_submission: number;
  made_at: InstantColumn;
  sent_at: NullableInstant;
  /** It no longer held while it was on its way: put off, it is superseded. */
  overtaken: Generated<boolean>;
  /** In whose place somebody is told: [{ person, name, why, until }]. */
  in_place_of: JsonWithDefault;
}

/** What may be asked of somebody by a day. `review` asks a forum to look at a case that nothing else is asked of;
 * `decision` asks somebody for what a meeting decided. */
export const REQUEST_KINDS = [
  "acknowledgement",
  "action-plan",
  "plan-decision",
  "action",
  "embedding",
  "challenge",
  "case-sign-off",
  "risk",
  "commentary",
  "return",
  "review",
  "decision",
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** How far a request has gone while nobody answered, and its ends. */
export const REQUEST_STAGES = [
  "asked",
  "reminded",
  "due",
  "overdue",
  "raised-a-level",
  "on-agenda",
  "in-summary",
  "answered",
  "withdrawn",
] as const;
export type RequestStage = (typeof REQUEST_STAGES)[number];

export interface RequestTable {
  id: GeneratedAlways<number>;
  kind: RequestKind;
  key: string;
  escalation: number | null;
  series: number | null;
  organisation: string;
  period: number;
  recipients: readonly string[];
  asked_at: InstantColumn;
  due_on: string;
  stage: Generated<RequestStage>;
  next_at: NullableInstant;
  ended_at: NullableInstant;
  action: number | null;
  plan: number | null;
  /** Onto whose agenda it goes when nobody answers. */
  forum: string | null;
  /** Of a quiet one nobody is written to; it stands in lists and on the agenda. */
  quiet: Generated<boolean>;
  why: Generated<string>;
  asked_by: string | null;
  answered_by: string | null;
  /** The day on which whoever is asked now was asked, where they were asked later than first. */
  heard_on: Generated<string | null>;
  /** While a figure is disputed nobody is chased: until and with this day. */
  paused_until: string | null;
  /** Withdrawn because its case ended: it is asked again should that case stand again. */
  ended_with_case: Generated<boolean>;
}
