import { type RawBuilder, sql } from "kysely";
import type { KnownPerson } from "../people.ts";
import { reachOf } from "../people.ts";
import type { RequestKind } from "../tables.ts";
import { isVisible, type Visible } from "../visible-organisations.ts";

/** What may be asked of one person: by a request, to sign figures, or about limits. */
export type AskedWhat = RequestKind | "sign-off" | "limits" | "limits-back";

/** Who is asked. */
export interface WhoIsAsked {
  /** Their address in small letters, and those of whom they stand in for. */
  readonly addresses: readonly string[];
  /** Whose submissions they sign off. */
  readonly signsFor: Visible;
  /** The forums whose limits they approve. */
  readonly chairs: readonly string[];
}

/** A person as somebody who is asked. */
export function asWhoIsAsked(person: KnownPerson): WhoIsAsked {
  return {
    addresses: [person.email, ...person.standsInFor.map(({ email }) => email)],
    signsFor: reachOf(person, "executive"),
    chairs: person.seats.get("chair") ?? [],
  };
}

/** When figures `b` that wait for a signature stopped waiting. */
const SIGNED_AT = sql`coalesce(b.signed_off_at, b.released_at, b.withdrawn_at)`;

/**
 * The one list of what is asked of somebody, one row a thing: what, key, due_on, id, plan, action, metric, of (the series'
 * organisation), organisation, period, title, frequency, asked_at, ended_at. What ended before `since` is left out; null leaves
 * out all that has ended, and is found by the index of recipients. What a forum looks at by itself is on its agenda, not here.
 */
export function askedRows(
  { addresses, signsFor, chairs }: WhoIsAsked,
  since: Temporal.Instant | null,
): RawBuilder<Record<string, unknown>> {
  const theirs = [...addresses];
  const namesThem =
    since === null
      ? sql`q.ended_at is null and q.id in (select r.id
          from (select p.email from person p where lower(p.email) = any(${theirs}::text[]) union select unnest(${theirs}::text[])) mine
          join request r on r.ended_at is null and r.recipients @> array[mine.email])`
      : sql`(q.ended_at is null or q.ended_at > ${since.toString()})
          and exists (select from unnest(q.recipients) r where lower(r) = any(${theirs}::text[]))`;
  const stillWaits =
    since === null
      ? sql`${SIGNED_AT} is null`
      : sql`b.sign_off_asked_at > ${since.toString()} and b.unsigned_from is not null`;
  return sql`(
    select q.kind as what, 'request-' || q.id as key, q.due_on, q.escalation as id, q.plan, q.action, s.metric,
      s.organisation as of, q.organisation, q.period, null as title, e.frequency, q.asked_at, q.ended_at
    from request q left join series s on s.id = q.series left join escalation e on e.id = q.escalation
    where ${namesThem} and not (q.kind = 'review' and q.asked_by is null)
    union all
    select 'sign-off', 'sign-off-' || b.id, (b.unsigned_from at time zone 'Europe/London')::date, b.id, null, null, null, null,
      b.organisation, null, b.filename, null, b.sign_off_asked_at, ${SIGNED_AT}
    from submission b
    where b.sign_off_asked_at is not null and ${stillWaits} and ${isVisible("b.organisation", signsFor)}
    union all
    select case t.state when 'sent' then 'limits' else 'limits-back' end, 'limits-' || t.id, null, t.id, null, null, null, null, null,
      null, t.title, null, null, null
    from threshold_proposal t
    where (t.state = 'sent' and t.forum = any(${[...chairs]}::text[]))
      or (t.state = 'sent-back' and lower(t.proposed_by) = any(${theirs}::text[])))`;
}
