import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

/**
 * Which of these submissions are settled: read, their series and organisations decided, and whatever is to be told by
 * `now` because of them sent, failed, superseded or held by the operator. `now` null is a test clock never put: then
 * nothing that still waits is due. One statement, so that work cannot slip between two looks.
 */
export async function settledAmong(
  db: Kysely<Database>,
  submissions: readonly number[],
  now: Temporal.Instant | null,
): Promise<ReadonlySet<number>> {
  if (submissions.length === 0) return new Set();
  const [only] = submissions;
  if (only !== undefined && submissions.length === 1 && (await isUnsettled(db, only, now))) return new Set();
  const { rows } = await sql<{ id: number }>`
    with unsettled (id) as (
      select unnest(due_by) from series_state where due
      union select unnest(due_by) from organisation_due
      union select unnest(caused_by || submission) from telling where state = 'waiting' and tell_at <= ${now?.toString() ?? null}
      union select unnest(n.caused_by || n.submission) from notice n left join mail m on m.id = n.mail
        where n.status in ('pending', 'sending', 'unknown') and m.status is distinct from 'held')
    select s.id from submission s
    where s.id = any(${submissions}::bigint[]) and s.read_at is not null
      and s.status in ('accepted', 'partly-accepted', 'rejected')
      and not exists (select 1 from unsettled u where u.id = s.id)`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Whether one submission is settled; see settledAmong. */
export async function isSettled(
  db: Kysely<Database>,
  submission: number,
  now: Temporal.Instant | null,
): Promise<boolean> {
  return (await settledAmong(db, [submission], now)).has(submission);
}

/** Stops at the first thing found that is still to be done: who waits asks often, and most often while much is. */
async function isUnsettled(db: Kysely<Database>, submission: number, now: Temporal.Instant | null): Promise<boolean> {
  const { rows } = await sql<{ unsettled: boolean }>`select
    exists (select from submission where id = ${submission} and read_at is null)
    or exists (select from series_state where due and ${submission} = any(due_by))
    or exists (select from organisation_due where ${submission} = any(due_by))
    or exists (select from telling where state = 'waiting' and tell_at <= ${now?.toString() ?? null}
      and ${submission} = any(caused_by || submission))
    or exists (select from notice n left join mail m on m.id = n.mail
      where n.status in ('pending', 'sending', 'unknown') and m.status is distinct from 'held'
        and ${submission} = any(n.caused_by || n.submission)) as unsettled`.execute(db);
  return rows[0]?.unsettled ?? true;
}
