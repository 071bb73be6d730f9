import { dayOf, type OrganisationKind, startOfDay } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** How many days before limits or plans end somebody is warned. */
export const WARNED_BEFORE = 60;

/** Limits of a scope, or the plans of a metric, that end soon with nothing after them. */
export interface EndingSoon {
  readonly what: "limits" | "plans";
  readonly metric: string;
  readonly metricName: string;
  readonly forum: string;
  readonly organisation: string | null;
  readonly level: OrganisationKind | null;
  /** The last day, "YYYY-MM-DD". */
  readonly endsOn: string;
  /** One warning a key, ever. */
  readonly key: string;
}

/**
 * What ends within 60 days from a day, or has ended in the 60 before it, and nothing follows: approved limits without others of
 * the same figures from the next month on, and plans of a metric whose last period is near. The soonest first.
 */
export async function endingSoon(
  db: Kysely<Database>,
  today: Temporal.PlainDate,
  { forums = null }: { readonly forums?: readonly string[] | null } = {},
): Promise<EndingSoon[]> {
  const { rows } = await sql<EndingSoon>`
    with m as (select code, name, area, case frequency when 'quarterly' then 3 else 1 end as step from metric where until is null
        and (${forums}::text[] is null or area = any(${forums}::text[]))),
    ending as (
      select 'limits' as what, t.metric, t.organisation, t.level, t.to_period as last, 1 as step
      from threshold t join m on m.code = t.metric
      where t.until is null and t.status = 'approved' and t.to_period is not null
        and not exists (select from threshold n where n.until is null and n.status = 'approved' and n.metric = t.metric
          and n.organisation is not distinct from t.organisation and n.level is not distinct from t.level
          and n.from_period <= t.to_period + 1 and (n.to_period is null or n.to_period > t.to_period))
      group by t.metric, t.organisation, t.level, t.to_period
      union all
      select 'plans', p.metric, null, null, max(p.period), max(m.step)
      from plan p join m on m.code = p.metric where p.until is null group by p.metric),
    dated as (select e.*, (make_date(e.last / 12, e.last % 12 + 1, 1) + make_interval(months => e.step) - interval '1 day')::date as ends
      from ending e)
    select d.what, d.metric, m.name as "metricName", m.area as forum, d.organisation, d.level, d.ends as "endsOn",
      'end:' || d.what || ':' || d.metric || ':' || coalesce(d.organisation, '') || ':' || coalesce(d.level, '') || ':' || d.last as key
    from dated d join m on m.code = d.metric
    where d.ends between ${today.subtract({ days: WARNED_BEFORE }).toString()}::date
      and ${today.add({ days: WARNED_BEFORE }).toString()}::date
    order by d.ends, d.metric, d.organisation nulls first, d.level`.execute(db);
  return rows;
}

/** Of some keys of tellings those that were never written: what is due and not done. */
export async function notYetTold(db: Kysely<Database>, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`select k as key from unnest(${keys}::text[]) k
    where not exists (select from telling t where t.key = k)`.execute(db);
  return new Set(rows.map(({ key }) => key));
}

/** The next moment after another at which a warning of an end falls due: the London midnight that begins the day 60 days before. */
export async function nextWarning(db: Kysely<Database>, after: Temporal.Instant): Promise<Temporal.Instant | null> {
  const today = dayOf(after);
  const { rows } = await sql<{ ends: string | null }>`with ends as (
      select distinct to_period as last, 1 as step from threshold
        where until is null and status = 'approved' and to_period is not null
      union select max(p.period), max(case m.frequency when 'quarterly' then 3 else 1 end)
        from plan p join metric m on m.code = p.metric and m.until is null where p.until is null group by p.metric),
    dated as (select (make_date(last / 12, last % 12 + 1, 1) + make_interval(months => step) - interval '1 day')::date as ends from ends)
    select min(ends) as ends from dated where ends > ${today.add({ days: WARNED_BEFORE }).toString()}::date`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined || row.ends === null) return null;
  return startOfDay(Temporal.PlainDate.from(row.ends).subtract({ days: WARNED_BEFORE }));
}
