import { type Kysely, sql } from "kysely";
import type { SubmissionStatus } from "./submissions.ts";
import type { Database } from "./tables.ts";

/** How far a submission is on its way. */
export interface SubmissionProgress {
  readonly status: SubmissionStatus;
  readonly receivedAt: Temporal.Instant;
  readonly readAt: Temporal.Instant | null;
  /** Whether the program gave up reading it. */
  readonly failed: boolean;
  /** Series and organisations that are still to be decided because of it. */
  readonly toDecide: number;
  /** Tellings and messages that are due by now because of it and have not left. */
  readonly toTell: number;
}

/** How far a submission is; null where there is none. `now` null is a test clock never put: then nothing waiting is due. */
export async function submissionProgress(
  db: Kysely<Database>,
  submission: number,
  now: Temporal.Instant | null,
): Promise<SubmissionProgress | null> {
  const { rows } = await sql<SubmissionProgress>`
    select status, received_at as "receivedAt", read_at as "readAt", failed_at is not null as failed,
      (select count(*) from series_state where due and ${submission} = any(due_by))
        + (select count(*) from organisation_due where ${submission} = any(due_by)) as "toDecide",
      (select count(*) from telling where state = 'waiting' and tell_at <= ${now?.toString() ?? null}
          and ${submission} = any(caused_by || submission))
        + (select count(*) from notice n left join mail m on m.id = n.mail
            where n.status in ('pending', 'sending', 'unknown') and m.status is distinct from 'held'
              and ${submission} = any(n.caused_by || n.submission)) as "toTell"
    from submission where id = ${submission}`.execute(db);
  return rows[0] ?? null;
}
