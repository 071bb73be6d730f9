import { dayOf } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import { inTheirPlace } from "./absence/in-their-place.ts";
import type { Database } from "./tables.ts";

/** What one round of making notices did. */
export interface NoticesMade {
  readonly tellings: number;
  readonly notices: number;
  /** Tellings that reached nobody: no person is found, and no operator either, or all of them are told otherwise. */
  readonly unheard: readonly number[];
}

/** Lets nobody else make notices until the transaction ends. */
export async function holdMakingNotices(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(7103)`.execute(trx);
}

/**
 * Makes the notices of tellings that are due by `now`, at most `limit` tellings: one a person, be they of several of its
 * forums and named as well. Where nobody is found the operators are told; those in the detail's `except` are told otherwise.
 * Who cannot be reached is told through whoever stands in for them, once whatever else tells that person. One statement;
 * several may run at once.
 */
export async function makeNotices(db: Kysely<Database>, now: Temporal.Instant, limit = 2000): Promise<NoticesMade> {
  const at = now.toString();
  const { rows } = await sql<{ id: number; heard: number }>`
    with recursive due as materialized (
      select * from telling where state = 'waiting' and tell_at <= ${at} order by id limit ${limit} for update skip locked),
    named as (
      select d.id, lower(p.email) as recipient from due d
        join person p on p.until is null and p.role in ('chair', 'member', 'secretary') and p.forum = any(d.forums)
      union select d.id, lower(r) from due d, unnest(d.recipients) r where r <> ''),
    people as (
      select id, recipient, false as for_want from named
      union select d.id, lower(p.email), true from due d join person p on p.until is null and p.role = 'operator'
        where not exists (select from named n where n.id = d.id)),
    excepted as materialized (
      select d.id, lower(e) as address from due d, jsonb_array_elements_text(coalesce(d.detail -> 'except', '[]')) e),
    asked as materialized (
      select p.* from people p where not exists (select from excepted e where e.id = p.id and e.address = p.recipient)),
    ${inTheirPlace(dayOf(now).toString())},
    people_reached as (
      select r.id, r.recipient, coalesce(jsonb_agg(r.stood order by r.stood ->> 'person') filter (where r.stood is not null), '[]') as stood
      from reached r where not exists (select from excepted e where e.id = r.id and e.address = r.recipient)
      group by r.id, r.recipient),
    made as (
      insert into notice (telling, kind, reason, recipient, escalation, event, submission, caused_by, after_submission, made_at,
        in_place_of)
      select d.id, d.kind, d.reason, p.recipient, d.escalation, d.event, d.submission, d.caused_by,
        (select coalesce(max(id), 0) from submission), ${at}, coalesce(d.detail -> 'inPlaceOf', '[]') || p.stood
      from due d join people_reached p on p.id = d.id
      order by d.id, p.recipient
      on conflict (recipient, telling) do nothing
      returning telling),
    heard as (select telling, count(*) as people from made group by telling)
    update telling t set state = 'made', made_at = ${at} from due d left join heard h on h.telling = d.id where t.id = d.id
    returning t.id, coalesce(h.people, 0) as heard`.execute(db);
  return {
    tellings: rows.length,
    notices: rows.reduce((sum, { heard }) => sum + heard, 0),
    unheard: rows.flatMap(({ id, heard }) => (heard === 0 ? [id] : [])),
  };
}
