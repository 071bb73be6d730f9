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
}

export interface RequestTable {
  id: GeneratedAlways<number>;
  kind: "action-plan" | "commentary" | "return";
  key: string;
  escalation: number | null;
  series: number | null;
  organisation: string;
  period: number;
  recipients: readonly string[];
  asked_at: InstantColumn;
  due_on: string;
  stage: Generated<"asked" | "reminded" | "overdue" | "raised-a-level" | "answered" | "withdrawn">;
  next_at: NullableInstant;
  ended_at: NullableInstant;
}
