import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

/** What still keeps some submissions from being settled: work that goes on, and work that waits for a person. */
export interface HoldingUp {
  readonly unread: number;
  readonly series: number;
  readonly organisations: number;
  /** Things to be told of which no notice is made yet. */
  readonly tellings: number;
  readonly notices: number;
  /** Submissions, series and organisations that the program gave up. */
  readonly failed: number;
}

/** Counts what holds submissions up; `now` null is a test clock never put, when nothing is due to be told. */
export async function holdingUp(
  db: Kysely<Database>,
  submissions: readonly number[],
  now: Temporal.Instant | null,
): Promise<HoldingUp> {
  const ids = sql`${submissions}::bigint[]`;
  const { rows } = await sql<HoldingUp>`
    with file as (select failed_at, dismissed_at from submission
        where id = any(${ids}) and status in ('received', 'reading')),
      due as (select failed_at from series_state where due and due_by && ${ids}),
      due_organisation as (select failed_at from organisation_due where due_by && ${ids})
    select
      (select count(*) from file where failed_at is null) as unread,
      (select count(*) from due where failed_at is null) as series,
      (select count(*) from due_organisation where failed_at is null) as organisations,
      (select count(*) from telling where state = 'waiting' and tell_at <= ${now?.toString() ?? null}
        and (caused_by && ${ids} or submission = any(${ids}))) as tellings,
      (select count(*) from notice n left join mail m on m.id = n.mail
        where n.status in ('pending', 'sending', 'unknown') and m.status is distinct from 'held'
        and (n.caused_by && ${ids} or n.submission = any(${ids}))) as notices,
      (select count(*) from file where failed_at is not null)
        + (select count(*) from due where failed_at is not null)
        + (select count(*) from due_organisation where failed_at is not null) as failed`.execute(db);
  return rows[0] ?? { unread: 0, series: 0, organisations: 0, tellings: 0, notices: 0, failed: 0 };
}
