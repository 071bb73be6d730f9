import { dayOf, periodContaining, protocolSchema, rulesFor } from "@signalbox/domain";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "../tables.ts";

/** What is owed by the protocol in force as it stands now. */
export interface Owing {
  /** The working days of metrics that name none. */
  readonly defaults: { readonly monthly: number; readonly quarterly: number };
  readonly now: Temporal.Instant;
  /** The month and the quarter that go on now: nothing later is owed. */
  readonly running: { readonly monthly: number; readonly quarterly: number };
}

/** The days by which figures are owed; the defaults of a protocol where none is loaded. */
export async function owingAt(db: Kysely<Database>, now: Temporal.Instant): Promise<Owing> {
  const row = await db.selectFrom("protocol").select("body").where("until", "is", null).executeTakeFirst();
  const body = protocolSchema.parse(row?.body ?? {});
  return {
    defaults: {
      monthly: rulesFor(body, "monthly").submission.dueWorkingDay,
      quarterly: rulesFor(body, "quarterly").submission.dueWorkingDay,
    },
    now,
    running: {
      monthly: periodContaining(dayOf(now), "monthly"),
      quarterly: periodContaining(dayOf(now), "quarterly"),
    },
  };
}

/**
 * The series that organisations in force owe, each from its first period on: those that anything was ever submitted for, and
 * those that series.csv names and that are not computed of others below, from the period in which it first named them (from
 * ever, by a test clock that stands before that). Columns: series, organisation, metric, frequency, day, step, owed_from.
 */
export function owedSeries({ defaults, now }: Owing, area?: string): RawBuilder<unknown> {
  return sql`
    select w.series, w.organisation, m.code as metric, m.frequency, f.step, f.day,
      case when w.owed_from is null then null else w.owed_from - w.owed_from % f.step end as owed_from
    from (
      select s.id as series, s.organisation, s.metric, st.first_period as owed_from
      from series_state st join series s on s.id = st.series where st.first_period is not null
      union all
      select s.id, d.organisation, d.metric, (
        select case when min(v.loaded_at) <= ${now.toString()}::timestamptz
          then (12 * extract(year from min(v.loaded_at) at time zone 'Europe/London')
            + extract(month from min(v.loaded_at) at time zone 'Europe/London') - 1)::int end
        from series_detail e join catalogue_version v on v.id = e.since
        where e.metric = d.metric and e.organisation = d.organisation)
      from series_detail d
      left join series s on s.metric = d.metric and s.organisation = d.organisation
      left join series_state st on st.series = s.id
      where d.until is null and st.first_period is null
        and not exists (select from series_state below where below.parent = s.id)) w
    join metric m on m.code = w.metric and m.until is null and ${area === undefined ? sql`true` : sql`m.area = ${area}`}
    cross join lateral (select case m.frequency when 'quarterly' then 3 else 1 end as step,
      coalesce(m.due_working_day, case m.frequency when 'quarterly' then ${defaults.quarterly}::int
        else ${defaults.monthly}::int end) as day) f`;
}
