import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";
import { dueNow } from "./mark-due.ts";

/**
 * Writes what was weighed into the one row a series. The arrays of the series in `weighed` are taken apart and put together
 * again from the first to the last period of which anything holds; a series of which nothing is left is empty. Marks them as due
 * in the same stroke, as appending does.
 */
export async function rebuildSeries(
  trx: Transaction<Database>,
  submission: number,
  now: Temporal.Instant,
): Promise<void> {
  await sql`create temp table changed on commit drop as
    select series, step from route where series in (select series from weighed)`.execute(trx);
  await sql`analyze changed`.execute(trx);
  await sql`create temp table merged on commit drop as
      select series, period, value, numerator, denominator, plan, no_value, mark, submission, restated
      from weighed where submission is not null
      union all
      select st.series, p.period, c.value, c.numerator, c.denominator, c.plan, c.no_value, c.mark, c.submission, c.restated
      from series_state st join changed r on r.series = st.series,
      unnest(st.vals, st.numerators, st.denominators, st.plans, st.no_value, st.marks, st.submissions, st.restated)
        with ordinality as c(value, numerator, denominator, plan, no_value, mark, submission, restated, place)
      cross join lateral (select st.first_period + (c.place - 1)::int * r.step as period) p
      where c.submission is not null
        and not exists (select from weighed w where w.series = st.series and w.period = p.period)`.execute(trx);
  await sql`analyze merged`.execute(trx);
  await sql`with span as (
      select r.series, r.step, min(m.period) as first_period, max(m.period) as last_period
      from changed r left join merged m on m.series = r.series group by r.series, r.step),
    rebuilt as (
      select s.series, min(s.first_period) as first_period,
        array_agg(m.value order by g.period) as vals,
        array_agg(m.numerator order by g.period) as numerators,
        array_agg(m.denominator order by g.period) as denominators,
        array_agg(m.plan order by g.period) as plans,
        array_agg(m.no_value order by g.period) as no_value,
        array_agg(m.mark order by g.period) as marks,
        array_agg(m.submission order by g.period) as submissions,
        array_agg(coalesce(m.restated, false) order by g.period) as restated
      from span s cross join lateral generate_series(s.first_period, s.last_period, s.step) as g(period)
      left join merged m on m.series = s.series and m.period = g.period
      group by s.series)
    update series_state st set first_period = b.first_period,
      vals = coalesce(b.vals, '{}'), numerators = coalesce(b.numerators, '{}'),
      denominators = coalesce(b.denominators, '{}'), plans = coalesce(b.plans, '{}'),
      no_value = coalesce(b.no_value, '{}'), marks = coalesce(b.marks, '{}'),
      submissions = coalesce(b.submissions, '{}'), restated = coalesce(b.restated, '{}'), ${dueNow(submission, now)}
    from changed r left join rebuilt b on b.series = r.series
    where st.series = r.series`.execute(trx);
}
