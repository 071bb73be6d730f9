import type { Generated, GeneratedAlways } from "kysely";
import type { InstantColumn, JsonColumn, NullableInstant } from "./columns.ts";

/** What forums and organisations keep beside cases: risks, investment, commentary, meetings; and who stands in for whom. */
export interface GovernanceTables {
  risk: RiskTable;
  risk_case: RiskCaseTable;
  risk_declined: RiskDeclinedTable;
  risk_draft: RiskDraftTable;
  investment_decision: InvestmentDecisionTable;
  commentary: CommentaryTable;
  commentary_opened: CommentaryOpenedTable;
  deputy: DeputyTable;
  bounce: BounceTable;
  meeting: MeetingTable;
  meeting_papers: MeetingPapersTable;
  meeting_decision: MeetingDecisionTable;
}

export interface RiskTable {
  id: GeneratedAlways<number>;
  organisation: string;
  reference: string;
  title: string;
  likelihood: number;
  impact: number;
  reviewed_on: string | null;
  owner: string | null;
  by: string;
  at: InstantColumn;
  until: NullableInstant;
  ended_by: string | null;
  /** Why it was closed; null for a row that holds, or whose place another took. */
  closed_because: string | null;
}

export interface RiskCaseTable {
  escalation: number;
  organisation: string;
  reference: string;
  by: string;
  at: InstantColumn;
  ended_at: NullableInstant;
  ended_by: string | null;
}

export interface RiskDeclinedTable {
  id: GeneratedAlways<number>;
  escalation: number;
  reason: string;
  by: string;
  at: InstantColumn;
}

/** A register that somebody looks at before it counts. */
export interface RiskDraftTable {
  id: GeneratedAlways<number>;
  made_by: string;
  csv: Buffer;
  made_at: InstantColumn;
  expires_at: InstantColumn;
}

export interface InvestmentDecisionTable {
  id: GeneratedAlways<number>;
  plan: number;
  revision: number;
  forum: string;
  decision: "agreed" | "agreed-in-part" | "declined" | "deferred";
  amount: number | null;
  note: Generated<string>;
  by: string;
  at: InstantColumn;
}

export interface CommentaryTable {
  id: GeneratedAlways<number>;
  series: number;
  period: number;
  words: string;
  by: string;
  at: InstantColumn;
}

/** Commentary that a forum let be written again after its papers were due. */
export interface CommentaryOpenedTable {
  id: GeneratedAlways<number>;
  series: number;
  period: number;
  reason: string;
  by: string;
  at: InstantColumn;
  until: InstantColumn;
}

export interface DeputyTable {
  id: GeneratedAlways<number>;
  person: string;
  deputy: string;
  from_day: string;
  to_day: string;
  reason: Generated<string>;
  by: string;
  at: InstantColumn;
  ended_at: NullableInstant;
}

export interface BounceTable {
  id: GeneratedAlways<number>;
  address: string;
  found_by: "smtp" | "import";
  said: string;
  mail: number | null;
  at: InstantColumn;
  cleared_at: NullableInstant;
  cleared_by: string | null;
}

export interface MeetingTable {
  id: GeneratedAlways<number>;
  forum: string;
  starts_at: InstantColumn;
  papers_due_at: InstantColumn;
  place: Generated<string>;
  by: string;
  at: InstantColumn;
  cancelled_at: NullableInstant;
  cancelled_by: string | null;
  cancelled_why: string | null;
}

/** What a meeting's agenda was made of when its papers were due. */
export interface MeetingPapersTable {
  meeting: number;
  made_at: InstantColumn;
  facts: JsonColumn;
}

export interface MeetingDecisionTable {
  id: GeneratedAlways<number>;
  meeting: number;
  escalation: number | null;
  decision: string;
  asked_of: string | null;
  due_on: string | null;
  done_at: NullableInstant;
  done_by: string | null;
  done_note: string | null;
  by: string;
  at: InstantColumn;
}
