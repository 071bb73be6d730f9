import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

/** When the database's first catalogue was loaded, if it was loaded by this actor and no other followed; else null. */
export async function demoLoadedAt(db: Kysely<Database>, by: string): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`
    select min(loaded_at) as at from catalogue_version having count(*) = 1 and min(loaded_by) = ${by}`.execute(db);
  return rows[0]?.at ?? null;
}

/** How many files came from one submitter. */
export async function submissionsBy(db: Kysely<Database>, by: string): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*) as count from submission where submitted_by = ${by}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** What has come in so far, and what came of it. */
export interface WhatCame {
  readonly files: number;
  readonly rows: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly refused: number;
  /** Cases that stand, by tier. */
  readonly slt: number;
  readonly board: number;
  readonly mails: number;
  readonly people: number;
  readonly heldMails: number;
  readonly failedMails: number;
}

/** Totals for the line a person reads after the first start. */
export async function whatCame(db: Kysely<Database>): Promise<WhatCame> {
  const { rows } = await sql<WhatCame>`
    select f.*, c.*, m.*
    from (select count(*) filter (where read_at is not null) as files, coalesce(sum(rows_read), 0) as rows,
        coalesce(sum(rows_accepted), 0) as accepted, coalesce(sum(rows_unchanged), 0) as unchanged,
        coalesce(sum(rows_refused), 0) as refused from submission) f,
      (select count(*) filter (where tier = 'slt') as slt, count(*) filter (where tier = 'board') as board
        from escalation where standing) c,
      (select count(*) filter (where status = 'sent') as mails,
        count(distinct recipient) filter (where status = 'sent') as people,
        count(*) filter (where status = 'held') as "heldMails",
        count(*) filter (where status in ('failed', 'deferred', 'unknown')) as "failedMails" from mail) m`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error("totals always are one row");
  return row;
}
