import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

/** What one round of making notices did. */
export interface NoticesMade {
  readonly tellings: number;
  readonly notices: number;
  /** Tellings that reached nobody: no person is found, and no operator either, or all of them are told otherwise. */
  readonly unheard: readonly number[];
}

/**
 * Makes the notices of tellings that are due by `now`, at most `limit` tellings: one a person, be they of several of its
 * forums and named as well. Where nobody is found the operators are told; those in the detail's `except` are told otherwise. One statement; several may run at once.
 */
export async function makeNotices(db: Kysely<Database>, now: Temporal.Instant, limit = 2000): Promise<NoticesMade> {
  const at = now.toString();
  const { rows } = await sql<{ id: number; heard: number }>`
    with due as materialized (
      select * from telling where state = 'waiting' and tell_at <= ${at} order by id limit ${limit} for update skip locked),
    named as (
      select d.id, lower(p.email) as recipient from due d
        join person p on p.until is null and p.role in ('chair', 'member', 'secretary') and p.forum = any(d.forums)
      union select d.id, lower(r) from due d, unnest(d.recipients) r where r <> ''),
    people as (
      select id, recipient from named
      union select d.id, lower(p.email) from due d join person p on p.until is null and p.role = 'operator'
        where not exists (select from named n where n.id = d.id)),
    made as (
      insert into notice (telling, kind, reason, recipient, escalation, event, submission, caused_by, after_submission, made_at)
      select d.id, d.kind, d.reason, p.recipient, d.escalation, d.event, d.submission, d.caused_by,
        (select coalesce(max(id), 0) from submission), ${at}
      from due d join people p on p.id = d.id
      where not exists (select from jsonb_array_elements_text(coalesce(d.detail -> 'except', '[]')) e where lower(e) = p.recipient)
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
