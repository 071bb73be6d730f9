import type { ColumnType, Generated, GeneratedAlways } from "kysely";

/** What each table holds, as Kysely sees it: instants come as Temporal.Instant and go as text, dates are "YYYY-MM-DD". */
type InstantColumn = ColumnType<Temporal.Instant, string, string>;
type NullableInstant = ColumnType<Temporal.Instant | null, string | null | undefined, string | null>;
/** Comes parsed; goes as JSON text, because pg would take an array for a PostgreSQL array. */
type JsonColumn = ColumnType<unknown, string, string>;
type JsonWithDefault = ColumnType<unknown, string | undefined, string>;

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

export interface ProtocolTable {
  id: GeneratedAlways<number>;
  since: number;
  until: number | null;
  body: JsonColumn;
}

export interface ApiKeyTable {
  id: GeneratedAlways<number>;
  name: string;
  organisation: string;
  scopes: readonly string[];
  hash: string;
  created_at: InstantColumn;
  revoked_at: NullableInstant;
}

export interface SessionTable {
  id: string;
  data: JsonColumn;
  expires_at: InstantColumn;
}

export interface SignInLinkTable {
  hash: string;
  role: string;
  made_at: InstantColumn;
  expires_at: InstantColumn;
  used_at: NullableInstant;
}

export interface AuditTable {
  id: GeneratedAlways<number>;
  at: InstantColumn;
  actor: string;
  action: string;
  subject: string;
  detail: JsonWithDefault;
}

export interface SubmissionTable {
  id: GeneratedAlways<number>;
  organisation: string;
  channel: "api" | "cli" | "inbox" | "web";
  submitted_by: string;
  received_at: InstantColumn;
  filename: string | null;
  media_type: string;
  template: string | null;
  issued: string | null;
  sha256: string;
  size: number;
  status: Generated<"received" | "reading" | "accepted" | "partly-accepted" | "rejected">;
  read_at: NullableInstant;
  rows_read: Generated<number>;
  rows_accepted: Generated<number>;
  rows_unchanged: Generated<number>;
  rows_refused: Generated<number>;
  idempotency_key: string | null;
  released_at: NullableInstant;
  released_by: string | null;
  attempts: Generated<number>;
  failure: string | null;
  failed_at: NullableInstant;
  dismissed_at: NullableInstant;
}

export interface SubmissionFileTable {
  submission: number;
  bytes: Buffer;
}

export interface SubmissionProblemTable {
  submission: number;
  seq: number;
  row_number: number | null;
  column_name: string | null;
  code: string;
  message: string;
  value: string | null;
  severity: "error" | "warning";
}

export interface SeriesTable {
  id: GeneratedAlways<number>;
  metric: string;
  organisation: string;
}

export interface ObservationTable {
  series: number;
  period: number;
  submission: number;
  row_number: number;
  issued: string;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  plan: number | null;
  no_value: string | null;
  comment: string | null;
}

export interface SeriesStateTable {
  series: number;
  parent: number | null;
  first_period: number | null;
  vals: Generated<readonly (number | null)[]>;
  numerators: Generated<readonly (number | null)[]>;
  denominators: Generated<readonly (number | null)[]>;
  plans: Generated<readonly (number | null)[]>;
  no_value: Generated<readonly (string | null)[]>;
  submissions: Generated<readonly (number | null)[]>;
  restated: Generated<readonly boolean[]>;
  due: Generated<boolean>;
  due_since: NullableInstant;
  due_by: Generated<readonly number[]>;
  failure: string | null;
  failed_at: NullableInstant;
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
  acknowledged_at: NullableInstant;
  acknowledged_by: string | null;
  acknowledgement: string | null;
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

export interface ClockTable {
  only_row: Generated<boolean>;
  now: NullableInstant;
  ran_through: NullableInstant;
}

export interface CalendarPassedTable {
  frequency: string;
  due_working_day: number;
  period: number;
}

export interface WorkerSeenTable {
  service: string;
  at: InstantColumn;
}

export interface Database {
  catalogue_version: CatalogueVersionTable;
  organisation: OrganisationTable;
  forum: ForumTable;
  person: PersonTable;
  metric: MetricTable;
  series_detail: SeriesDetailTable;
  threshold: ThresholdTable;
  plan: PlanTable;
  target: TargetTable;
  protocol: ProtocolTable;
  api_key: ApiKeyTable;
  session: SessionTable;
  sign_in_link: SignInLinkTable;
  audit: AuditTable;
  submission: SubmissionTable;
  submission_file: SubmissionFileTable;
  submission_problem: SubmissionProblemTable;
  series: SeriesTable;
  observation: ObservationTable;
  series_state: SeriesStateTable;
  evaluation: EvaluationTable;
  series_decision: SeriesDecisionTable;
  decision_replaced: DecisionReplacedTable;
  organisation_due: OrganisationDueTable;
  escalation: EscalationTable;
  escalation_event: EscalationEventTable;
  telling: TellingTable;
  mail: MailTable;
  notice: NoticeTable;
  request: RequestTable;
  clock: ClockTable;
  calendar_passed: CalendarPassedTable;
  worker_seen: WorkerSeenTable;
}
