import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import { find, type Found, FOUND_AT_MOST } from "./found.ts";

/** Requests that should have been chased by a moment. */
export function requestsNotChased(db: Kysely<Database>, before: Temporal.Instant | null): Promise<Found[]> {
  return find(
    db,
    sql<Found>`select q.kind || ' of ' || q.organisation || ': request ' || q.id as what,
      case when q.escalation is not null then '/escalations/' || q.escalation else '/operations#overdue' end as place, q.next_at as since
    from request q where q.ended_at is null and q.next_at <= ${before?.toString() ?? null}::timestamptz
    order by q.id limit ${FOUND_AT_MOST}`,
  );
}

/** Everything else with a moment of its own that has passed: acknowledgements, returns, sources, figures that wait for sign-off. */
export function dueNotDone(db: Kysely<Database>, before: Temporal.Instant | null): Promise<Found[]> {
  const at = before?.toString() ?? null;
  return find(
    db,
    sql<Found>`
    select 'The acknowledgement of case ' || k.escalation || ' has run out' as what, '/escalations/' || k.escalation as place, k.next_at as since
      from acknowledgement k where k.next_at <= ${at}::timestamptz
    union all
    select 'A missing return of ' || r.organisation || ' was not chased', '/submissions', r.next_at
      from chased_return r where r.next_at <= ${at}::timestamptz
    union all
    select 'The source ' || p.source || ' was not asked', '/operations#state', p.next_at
      from source_period p where p.next_at <= ${at}::timestamptz and p.failed_at is null and p.submission is null
    union all
    select 'Submission ' || b.id || ' was not released', '/submissions/' || b.id, b.unsigned_from
      from submission b where b.unsigned_from <= ${at}::timestamptz and b.signed_off_at is null and b.released_at is null
        and b.withdrawn_at is null
    limit ${FOUND_AT_MOST}`,
  );
}

/** People with two deputies on one day. */
export function deputiesOverlap(db: Kysely<Database>): Promise<Found[]> {
  return find(
    db,
    sql<Found>`select 'Deputies ' || d.id || ' and ' || o.id || ' are of one person' as what, '/operations' as place, o.at as since
    from deputy d join deputy o on lower(o.person) = lower(d.person) and o.id > d.id
    where d.ended_at is null and o.ended_at is null and d.from_day <= o.to_day and o.from_day <= d.to_day
    order by d.id limit ${FOUND_AT_MOST}`,
  );
}
