import type { Generated, GeneratedAlways } from "kysely";
import type { InstantColumn, JsonColumn, JsonWithDefault } from "./columns.ts";

/** The catalogue: versioned rows, closed and added, never changed. */
export interface CatalogueTables {
  catalogue_version: CatalogueVersionTable;
  organisation: OrganisationTable;
  forum: ForumTable;
  person: PersonTable;
  metric: MetricTable;
  series_detail: SeriesDetailTable;
  threshold: ThresholdTable;
  plan: PlanTable;
  target: TargetTable;
  comparator: ComparatorTable;
  source: SourceTable;
  successor: SuccessorTable;
  organisation_parent: OrganisationParentTable;
  protocol: ProtocolTable;
  catalogue_draft: CatalogueDraftTable;
  catalogue_draft_file: CatalogueDraftFileTable;
}

export interface CatalogueVersionTable {
  id: GeneratedAlways<number>;
  loaded_at: InstantColumn;
  loaded_by: string;
  changes: JsonWithDefault;
}

export interface OrganisationTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  code: string;
  name: string;
  kind: "system" | "provider" | "site" | "directorate" | "ward" | "team" | "consultant";
  parent: string | null;
  opened: string | null;
  closed: string | null;
  sign_off: Generated<boolean>;
}

export interface ForumTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  code: string;
  name: string;
  tier: "board" | "slt";
  parent: string | null;
}

export interface PersonTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  email: string;
  name: string;
  role: string;
  forum: string | null;
  organisation: string | null;
}

export interface MetricTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  code: string;
  name: string;
  description: Generated<string>;
  area: string;
  domain: Generated<string>;
  unit: "percent" | "count" | "rate" | "duration" | "money" | "ordinal" | "yesno";
  scale: Generated<readonly string[]>;
  better: "higher" | "lower" | "neither";
  frequency: "monthly" | "quarterly";
  aggregation: "sum" | "ratio" | "none";
  decimals: number;
  definition_changes: Generated<readonly number[]>;
  accumulates: Generated<"none" | "quarter" | "year" | "rolling-12">;
  minimum_change: number | null;
  due_working_day: number | null;
  urgent: Generated<boolean>;
  plausible_from: number | null;
  plausible_to: number | null;
  plausible_jump: number | null;
  zero_after: number | null;
  implausible: Generated<"mark" | "keep-out">;
}

export interface SeriesDetailTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  metric: string;
  organisation: string;
  owner: string | null;
  author: string | null;
  contract: string | null;
  commissioner: string | null;
}

export interface ThresholdTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  metric: string;
  organisation: string | null;
  level: string | null;
  basis: "value" | "variance" | "percent-variance";
  board: number | null;
  slt: number | null;
  from_period: number;
  to_period: number | null;
  status: "draft" | "approved";
  approved_on: string | null;
  minute: string | null;
  /** Where it was proposed on the web. */
  proposal: Generated<number | null>;
  /** Made on the web, and not yet in any folder that was loaded: a load that lacks it leaves it. */
  kept_by_web: Generated<boolean>;
}

export interface PlanTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  metric: string;
  organisation: string;
  period: number;
  value: number;
}

export interface TargetTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  metric: string;
  organisation: string | null;
  value: number;
  from_period: number;
  to_period: number | null;
  source: string | null;
}

/** What others publish for a period of a metric. */
export interface ComparatorTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  metric: string;
  name: string;
  period: number;
  value: number;
}

export interface SourceTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  name: string;
  organisation: string;
  template: string | null;
  url: string;
  working_day: number;
}

export interface SuccessorTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  organisation: string;
  successor: string;
  from_period: number;
}

/** Where an organisation stood in the months `from_period` (null: ever since) to `to_period`. */
export interface OrganisationParentTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  organisation: string;
  parent: string;
  from_period: number | null;
  to_period: number;
}

export interface ProtocolTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  body: JsonColumn;
}

/** A catalogue that somebody looks at before it is loaded. */
export interface CatalogueDraftTable {
  id: GeneratedAlways<number>;
  made_by: string;
  /** The version it was compared with; 0 for none. */
  version: number;
  outcome: JsonColumn;
  made_at: InstantColumn;
  expires_at: InstantColumn;
}

export interface CatalogueDraftFileTable {
  draft: number;
  name: string;
  bytes: Buffer;
}
