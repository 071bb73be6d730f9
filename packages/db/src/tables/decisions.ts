import type { Generated, GeneratedAlways } from "kysely";
import type { InstantColumn, JsonWithDefault, NullableInstant } from "./columns.ts";

/** What the rules made of the figures. */
export interface DecisionsTables {
  evaluation: EvaluationTable;
  series_decision: SeriesDecisionTable;
  decision_replaced: DecisionReplacedTable;
  organisation_due: OrganisationDueTable;
}

export interface EvaluationTable {
  id: GeneratedAlways<number>;
  at: InstantColumn;
  protocol: number;
  catalogue_version: number;
  cause: string;
}

export interface SeriesDecisionTable {
  series: number;
  first_period: number;
  vals: readonly (number | null)[];
  numerators: readonly (number | null)[];
  denominators: readonly (number | null)[];
  plans: readonly (number | null)[];
  rag: string;
  tiers: string;
  provisional: string;
  watch: string;
  partial: string;
  restated: string;
  deteriorating: readonly number[];
  silent: readonly number[];
  reasons: readonly number[];
  thresholds: readonly (number | null)[];
  submissions: readonly (number | null)[];
  evaluations: readonly number[];
  missing: JsonWithDefault;
  marks: JsonWithDefault;
  no_values: JsonWithDefault;
  tier: string;
  digest: string;
}

export interface DecisionReplacedTable {
  id: GeneratedAlways<number>;
  series: number;
  period: number;
  evaluation: number;
  replaced_by: number;
  value: number | null;
  plan: number | null;
  rag: string;
  tier: string;
  deteriorating: number;
  reasons: number;
  threshold: number | null;
  submission: number | null;
}

export interface OrganisationDueTable {
  organisation: string;
  due_since: InstantColumn;
  due_by: Generated<readonly number[]>;
  failure: string | null;
  failed_at: NullableInstant;
}
