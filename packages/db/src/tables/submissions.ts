import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { InstantColumn, JsonWithDefault, NullableInstant } from "./columns.ts";

/** Files as they came, and what was wrong with them. */
export interface SubmissionsTables {
  submission: SubmissionTable;
  submission_file: SubmissionFileTable;
  submission_problem: SubmissionProblemTable;
  upload_draft: UploadDraftTable;
  source_period: SourcePeriodTable;
}

export interface SubmissionTable {
  id: GeneratedAlways<number>;
  organisation: string;
  channel: "api" | "cli" | "inbox" | "web" | "pull";
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
  /** Set where the organisation's executive signs its submissions off before leaders hear of them. */
  sign_off_asked_at: NullableInstant;
  /** From when it is released without a signature. */
  unsigned_from: NullableInstant;
  signed_off_at: NullableInstant;
  signed_off_by: Generated<string | null>;
  attempts: Generated<number>;
  failure: string | null;
  failed_at: NullableInstant;
  dismissed_at: NullableInstant;
  withdrawn_at: NullableInstant;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
  withdrawn_after: number | null;
  template_found: string | null;
  plausibility: ColumnType<unknown, string | null | undefined, string | null>;
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

export interface UploadDraftTable {
  id: GeneratedAlways<number>;
  made_by: string;
  organisation: string;
  filename: string | null;
  media_type: string;
  template: string | null;
  bytes: Buffer;
  /** What was typed into the grid, where the draft was made by it. */
  typed: JsonWithDefault;
  made_at: InstantColumn;
  expires_at: InstantColumn;
}

/** What came of the file of one period of a source; `next_at` is when it is asked for next, null for never. */
export interface SourcePeriodTable {
  id: GeneratedAlways<number>;
  source: string;
  period: number;
  address: string;
  late_at: InstantColumn;
  next_at: NullableInstant;
  /** Since when somebody asks, by the machine's time; one who has long asked is taken for dead. */
  asking_at: NullableInstant;
  asked_at: NullableInstant;
  failures: Generated<number>;
  last_error: string | null;
  failed_at: NullableInstant;
  dismissed_at: NullableInstant;
  /** Where the file came from in the end, and how the server knows it again. */
  fetched_from: string | null;
  etag: string | null;
  last_modified: string | null;
  submission: number | null;
  came_at: NullableInstant;
}
