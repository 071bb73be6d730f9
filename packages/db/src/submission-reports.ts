import type { Kysely, Selectable } from "kysely";
import type { Withdrawal } from "./ingestion/withdraw-submission.ts";
import type { Database, SubmissionProblemTable, SubmissionTable } from "./tables.ts";
import { isVisible, type Visible } from "./visible-organisations.ts";

export interface SubmissionReport {
  readonly id: number;
  readonly organisation: string;
  readonly channel: SubmissionTable["channel"];
  readonly submittedBy: string;
  readonly receivedAt: Temporal.Instant;
  readonly filename: string | null;
  readonly mediaType: string;
  /** The template that was named. */
  readonly template: string | null;
  /** The template it was read by, "canonical" for our own columns; null where it is unread, or was read before this was kept. */
  readonly templateFound: string | null;
  readonly issued: string | null;
  readonly sha256: string;
  readonly size: number;
  readonly status: Selectable<SubmissionTable>["status"];
  readonly readAt: Temporal.Instant | null;
  readonly rows: {
    readonly read: number;
    readonly accepted: number;
    readonly unchanged: number;
    readonly refused: number;
  };
  readonly withdrawn: Withdrawal | null;
  readonly released: { readonly at: Temporal.Instant; readonly by: string } | null;
  readonly signedOff: { readonly at: Temporal.Instant; readonly by: string } | null;
  /** From when it is released without the signature that its executive was asked for; null where none is waited for. */
  readonly unsignedFrom: Temporal.Instant | null;
  /** Why the program gave up reading it; null while it has not. */
  readonly failure: string | null;
}

export interface SubmissionProblem {
  readonly row: number | null;
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
  readonly value: string | null;
  readonly severity: SubmissionProblemTable["severity"];
}

/** At most `limit` submissions after an id, in order of id. */
export async function listSubmissions(
  db: Kysely<Database>,
  filter: { visible: Visible; status?: SubmissionReport["status"] | undefined },
  page: { after: number; limit: number },
): Promise<SubmissionReport[]> {
  let query = db
    .selectFrom("submission")
    .selectAll()
    .where("id", ">", page.after)
    .where(isVisible("organisation", filter.visible));
  if (filter.status !== undefined) query = query.where("status", "=", filter.status);
  return (await query.orderBy("id").limit(page.limit).execute()).map(asReport);
}

/** One submission; null where there is none to see. */
export async function readSubmission(
  db: Kysely<Database>,
  id: number,
  visible: Visible,
): Promise<SubmissionReport | null> {
  const row = await db
    .selectFrom("submission")
    .selectAll()
    .where("id", "=", id)
    .where(isVisible("organisation", visible))
    .executeTakeFirst();
  return row ? asReport(row) : null;
}

/** What was wrong with a submission's rows, in the order in which it was found. */
export async function problemsOf(db: Kysely<Database>, submission: number): Promise<SubmissionProblem[]> {
  return db
    .selectFrom("submission_problem")
    .select(["row_number as row", "column_name as column", "code", "message", "value", "severity"])
    .where("submission", "=", submission)
    .orderBy("row_number", (order) => order.asc().nullsFirst())
    .orderBy("seq")
    .execute();
}

/** The bytes of a submission as they came; null where they are gone. */
export async function readSubmissionFile(db: Kysely<Database>, submission: number): Promise<Buffer | null> {
  const row = await db
    .selectFrom("submission_file")
    .select("bytes")
    .where("submission", "=", submission)
    .executeTakeFirst();
  return row?.bytes ?? null;
}

/** A row as it is shown. */
export function asReport(row: Selectable<SubmissionTable>): SubmissionReport {
  return {
    id: row.id,
    organisation: row.organisation,
    channel: row.channel,
    submittedBy: row.submitted_by,
    receivedAt: row.received_at,
    filename: row.filename,
    mediaType: row.media_type,
    template: row.template,
    templateFound: row.template_found,
    issued: row.issued,
    sha256: row.sha256,
    size: row.size,
    status: row.status,
    readAt: row.read_at,
    rows: {
      read: row.rows_read,
      accepted: row.rows_accepted,
      unchanged: row.rows_unchanged,
      refused: row.rows_refused,
    },
    withdrawn:
      row.withdrawn_at === null
        ? null
        : { at: row.withdrawn_at, by: row.withdrawn_by ?? "", reason: row.withdrawn_reason ?? "" },
    released: row.released_at === null ? null : { at: row.released_at, by: row.released_by ?? "" },
    signedOff: row.signed_off_at === null ? null : { at: row.signed_off_at, by: row.signed_off_by ?? "" },
    unsignedFrom: [row.signed_off_at, row.released_at, row.withdrawn_at].every((at) => at === null)
      ? row.unsigned_from
      : null,
    failure: row.failed_at === null ? null : row.failure,
  };
}

/** The submissions that came last, latest first. */
export async function recentSubmissions(
  db: Kysely<Database>,
  limit: number,
  { visible = null, before }: { visible?: Visible; before?: number | undefined } = {},
): Promise<SubmissionReport[]> {
  let query = db.selectFrom("submission").selectAll().where(isVisible("organisation", visible));
  if (before !== undefined) query = query.where("id", "<", before);
  return (await query.orderBy("id", "desc").limit(limit).execute()).map(asReport);
}
