import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "./audit.ts";
import type { FailingWork } from "./operations.ts";
import type { Database } from "./tables.ts";

export const OPERATOR_ACTS = ["retry", "dismiss"] as const;
export type OperatorAct = (typeof OPERATOR_ACTS)[number];

interface By {
  readonly actor: string;
  readonly now: Temporal.Instant;
}

type Act = (trx: Transaction<Database>, id: string, now: string) => Promise<{ numAffectedRows?: bigint | undefined }>;

/**
 * How each kind of failed work is taken up again or given up. Held mail is released by its retry. Giving a submission up
 * rejects it, so that what came after it is not held back; giving a series up leaves its decisions as they were.
 */
const acts: Readonly<Record<FailingWork, Readonly<Record<OperatorAct, Act>>>> = {
  submission: {
    retry: (trx, id) =>
      sql`
      update submission set failed_at = null, failure = null, attempts = 0, status = 'received'
      where id = ${id}::bigint and failed_at is not null and dismissed_at is null`.execute(trx),
    dismiss: async (trx, id, now) => {
      await sql`insert into submission_problem (submission, seq, code, message, severity)
        select id, 1 + coalesce((select max(seq) from submission_problem where submission = id), 0), 'not-read',
          'The file could not be read: ' || coalesce(failure, 'no reason is known'), 'error'
        from submission where id = ${id}::bigint and failed_at is not null and dismissed_at is null`.execute(trx);
      return sql`update submission set dismissed_at = ${now}, status = 'rejected', read_at = ${now}
        where id = ${id}::bigint and failed_at is not null and dismissed_at is null`.execute(trx);
    },
  },
  series: {
    retry: (trx, id) =>
      sql`update series_state set failed_at = null, failure = null, due = true
      where series = ${id}::int and failed_at is not null`.execute(trx),
    dismiss: (trx, id) =>
      sql`
      update series_state set failed_at = null, failure = null, due = false, due_since = null, due_by = '{}'
      where series = ${id}::int and failed_at is not null`.execute(trx),
  },
  organisation: {
    retry: (trx, code) =>
      sql`update organisation_due set failed_at = null, failure = null
      where organisation = ${code} and failed_at is not null`.execute(trx),
    dismiss: (trx, code) =>
      sql`delete from organisation_due where organisation = ${code} and failed_at is not null`.execute(trx),
  },
  mail: {
    retry: async (trx, id, now) => {
      await sql`update notice set status = 'sending' where mail = ${id}::bigint and status = 'failed'`.execute(trx);
      return sql`update mail set status = 'deferred', next_attempt_at = ${now}, failure = null, dismissed_at = null
        where id = ${id}::bigint and status in ('failed', 'held', 'unknown', 'deferred')`.execute(trx);
    },
    dismiss: async (trx, id, now) => {
      const done = await sql`update mail set status = 'failed', dismissed_at = ${now},
          failure = coalesce(failure, 'given up by the operator')
        where id = ${id}::bigint and status in ('failed', 'held', 'unknown', 'deferred') and dismissed_at is null`.execute(
        trx,
      );
      await sql`update notice set status = 'failed'
        where mail = ${id}::bigint and status in ('pending', 'sending', 'unknown')`.execute(trx);
      return done;
    },
  },
  // Asked again as if never before; or asked for no more.
  source: {
    retry: (trx, id, now) =>
      sql`update source_period set next_at = ${now}, failures = 0, failed_at = null, dismissed_at = null, submission = null,
          fetched_from = null, etag = null, last_modified = null
        where id = ${id}::int and next_at is not null`.execute(trx),
    dismiss: (trx, id, now) =>
      sql`update source_period set next_at = null, dismissed_at = ${now}, failed_at = null
        where id = ${id}::int and next_at is not null`.execute(trx),
  },
};

/**
 * Takes failed work up again, or gives it up for good; false where it is not (or no longer) failed. Ring the bell of its
 * queue after a retry.
 */
export async function actOnFailedWork(
  db: Kysely<Database>,
  { work, id, act }: { work: FailingWork; id: string; act: OperatorAct },
  { actor, now }: By,
): Promise<boolean> {
  if (work !== "organisation" && !/^\d{1,9}$/.test(id)) return false;
  return db.transaction().execute(async (trx) => {
    const { numAffectedRows = 0n } = await acts[work][act](trx, id, now.toString());
    if (numAffectedRows === 0n) return false;
    const action = `${work}-${act === "retry" ? "retried" : "dismissed"}`;
    await recordAudit(trx, { at: now, actor, action, subject: `${work} ${id}` });
    return true;
  });
}

/** Has a submission that the program gave up read again; false where it did not fail. */
export function retrySubmission(db: Kysely<Database>, submission: number, by: By): Promise<boolean> {
  return actOnFailedWork(db, { work: "submission", id: String(submission), act: "retry" }, by);
}
