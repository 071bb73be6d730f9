import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import { find, type Found, FOUND_AT_MOST } from "./found.ts";

/** Submissions received before a moment that nobody has read. */
export function submissionsUnread(db: Kysely<Database>, before: Temporal.Instant | null): Promise<Found[]> {
  return find(
    db,
    sql<Found>`select 'Submission ' || id || ' of ' || organisation as what, '/submissions/' || id as place, received_at as since
    from submission where status in ('received', 'reading') and failed_at is null and received_at <= ${before?.toString() ?? null}::timestamptz
    order by id limit ${FOUND_AT_MOST}`,
  );
}

/** Series and organisations that were to be assessed before a moment. */
export function seriesNotAssessed(db: Kysely<Database>, before: Temporal.Instant | null): Promise<Found[]> {
  const at = before?.toString() ?? null;
  return find(
    db,
    sql<Found>`
    select s.metric || ' of ' || s.organisation as what, '/series/' || s.metric || '/' || s.organisation as place, t.due_since as since
      from series_state t join series s on s.id = t.series
      where t.due and t.failed_at is null and t.due_since <= ${at}::timestamptz
    union all
    select 'Returns and areas of ' || organisation, '/operations#waits', due_since from organisation_due
      where failed_at is null and due_since <= ${at}::timestamptz
    limit ${FOUND_AT_MOST}`,
  );
}

/** Submissions, series and organisations that the program gave up before a moment, and that nobody has taken up. */
export function workGivenUp(db: Kysely<Database>, before: Temporal.Instant | null): Promise<Found[]> {
  const at = before?.toString() ?? null;
  return find(
    db,
    sql<Found>`
    select 'Submission ' || id || ' of ' || organisation as what, '/operations#failed' as place, failed_at as since
      from submission where failed_at <= ${at}::timestamptz and dismissed_at is null
    union all
    select s.metric || ' of ' || s.organisation, '/operations#failed', t.failed_at
      from series_state t join series s on s.id = t.series where t.failed_at <= ${at}::timestamptz
    union all
    select 'Returns and areas of ' || organisation, '/operations#failed', failed_at
      from organisation_due where failed_at <= ${at}::timestamptz
    limit ${FOUND_AT_MOST}`,
  );
}
