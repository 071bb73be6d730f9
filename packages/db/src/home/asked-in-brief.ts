import type { Frequency, Period } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import { isVisible, type Visible } from "../visible-organisations.ts";
import { WAITS_FOR_SIGNATURE } from "../unsigned.ts";

/** Something that one person is asked for, and by which day; null for what has no day. */
export interface AskedOne {
  readonly what: "action-plan" | "commentary" | "return" | "sign-off" | "limits" | "limits-back";
  /** "2026-12-08" */
  readonly dueOn: string | null;
  /** The case, the submission or the proposal that asks. */
  readonly id: number | null;
  readonly metricCode: string | null;
  readonly metric: string | null;
  readonly organisationCode: string | null;
  readonly organisation: string | null;
  readonly period: Period | null;
  readonly frequency: Frequency | null;
  /** What a proposal is called. */
  readonly title: string | null;
}

export interface AskedInBrief {
  readonly total: number;
  readonly first: readonly AskedOne[];
}

export interface WhoIsAsked {
  /** In small letters. */
  readonly email: string;
  /** Whose submissions they sign off. */
  readonly signsFor: Visible;
  /** The forums whose limits they approve. */
  readonly chairs: readonly string[];
}

/** What is asked of a person and not done, the nearest day first: what is overdue stands first of all. */
export async function askedInBrief(
  db: Kysely<Database>,
  { email, signsFor, chairs }: WhoIsAsked,
  limit: number,
): Promise<AskedInBrief> {
  const { rows } = await sql<AskedInBrief>`
    with asked as (
      select r.kind as what, r.due_on, r.escalation as id, s.metric, r.organisation, r.period, null as title
      from request r left join series s on s.id = r.series
      where r.ended_at is null and r.stage not in ('answered', 'withdrawn')
        and r.id in (select q.id from (select p.email from person p where lower(p.email) = ${email} union select ${email}) mine
          join request q on q.ended_at is null and q.recipients @> array[mine.email])
      union all
      select 'sign-off', (unsigned_from at time zone 'Europe/London')::date, id, null, organisation, null, filename
      from submission where ${WAITS_FOR_SIGNATURE} and ${isVisible("organisation", signsFor)}
      union all
      select 'limits', null, id, null, null, null, title
      from threshold_proposal where state = 'sent' and forum = any(${chairs}::text[])
      union all
      select 'limits-back', null, id, null, null, null, title
      from threshold_proposal where state = 'sent-back' and lower(proposed_by) = ${email}),
    first as (select * from asked order by due_on nulls last, id limit ${limit})
    select (select count(*) from asked) as total,
      (select coalesce(json_agg(b), '[]') from (
        select f.what, f.due_on as "dueOn", f.id, f.metric as "metricCode", m.name as metric, f.organisation as "organisationCode",
          coalesce(o.name, f.organisation) as organisation, f.period, m.frequency, f.title
        from first f left join metric m on m.code = f.metric and m.until is null
        left join organisation o on o.code = f.organisation and o.until is null
        order by f.due_on nulls last, f.id) b) as first`.execute(db);
  return rows[0] ?? { total: 0, first: [] };
}
