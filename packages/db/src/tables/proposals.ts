import type { Generated, GeneratedAlways } from "kysely";
import type { InstantColumn, JsonColumn, NullableInstant } from "./columns.ts";

/** Limits that are proposed on the web. */
export interface ProposalsTables {
  threshold_proposal: ThresholdProposalTable;
  threshold_proposal_row: ThresholdProposalRowTable;
  threshold_proposal_act: ThresholdProposalActTable;
}

export const PROPOSAL_STATES = ["draft", "sent", "approved", "sent-back", "withdrawn"] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

export interface ThresholdProposalTable {
  id: GeneratedAlways<number>;
  forum: string;
  title: string;
  state: Generated<ProposalState>;
  revision: Generated<number>;
  proposed_by: string;
  proposed_at: InstantColumn;
  sent_by: string | null;
  sent_at: NullableInstant;
  decided_by: string | null;
  decided_at: NullableInstant;
  minute: string | null;
  reason: string | null;
  version: number | null;
  trial: JsonColumn | null;
  trial_of: string | null;
}

export interface ThresholdProposalRowTable {
  proposal: number;
  revision: number;
  place: number;
  metric: string;
  organisation: string | null;
  level: string | null;
  basis: "value" | "variance" | "percent-variance";
  board: number | null;
  slt: number | null;
  from_period: number;
  to_period: number | null;
  replaces: number | null;
  displaced: number | null;
}

export interface ThresholdProposalActTable {
  id: GeneratedAlways<number>;
  proposal: number;
  revision: number;
  act: "proposed" | "changed" | "sent" | "approved" | "sent-back" | "withdrawn";
  at: InstantColumn;
  actor: string;
  said: string | null;
}
