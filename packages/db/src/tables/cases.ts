import type { Generated, GeneratedAlways } from "kysely";
import type { InstantColumn, JsonWithDefault, NullableInstant } from "./columns.ts";

/** Cases, cut from the decisions. */
export interface CasesTables {
  escalation: EscalationTable;
  escalation_event: EscalationEventTable;
  acknowledgement: AcknowledgementTable;
}

export interface EscalationTable {
  id: GeneratedAlways<number>;
  concern: "performance" | "reporting" | "several-areas";
  series: number | null;
  organisation: string;
  metric: string | null;
  area: string | null;
  frequency: "monthly" | "quarterly";
  tier: "none" | "board" | "slt";
  forum: string | null;
  raised_in: number;
  ended_in: number | null;
  standing: boolean;
  withdrawn: Generated<boolean>;
  previous: number | null;
  shown_at: InstantColumn;
  raised_at: InstantColumn;
}

export interface EscalationEventTable {
  id: GeneratedAlways<number>;
  escalation: number;
  period: number;
  event: "raised" | "stepped-up" | "continued" | "held" | "stepped-down" | "resolved" | "withdrawn";
  tier: "none" | "board" | "slt";
  at: InstantColumn;
  evaluation: number;
  reasons: JsonWithDefault;
  metrics: Generated<readonly string[]>;
  areas: Generated<readonly string[]>;
  restated: Generated<boolean>;
  replaced_at: NullableInstant;
}

export interface AcknowledgementTable {
  id: GeneratedAlways<number>;
  escalation: number;
  at: InstantColumn;
  by: string;
  note: string;
  expires_on: string | null;
  next_at: NullableInstant;
  ended_at: NullableInstant;
  ended_why: "ran-out" | "replaced" | null;
}
