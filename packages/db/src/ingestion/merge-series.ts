import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";
import { dueByToo } from "./mark-due.ts";

/**
 * Temporary tables have no statistics until they are analysed, and without them the planner takes a thousand rows for one.
 * Brings the one row a series up to date with the staged rows. Most files add the next period to each series: those are
 * appended to the arrays; only series where a file fills, leaves or restates something in between are taken apart.
 * Returns how many staged rows said what already held.
 */
export async function mergeSeries(
  trx: Transaction<Database>,
  submission: number,
  { issued, now }: { issued: string; now: Temporal.Instant },
): Promise<{ unchanged: number }> {
  await sql`create temp table incoming on commit drop as
    select t.series, t.step, s.period, s.value, s.numerator, s.denominator, s.plan, s.no_value
    from staged s join touched t on t.metric = s.metric and t.organisation = s.organisation
    order by t.series, s.period`.execute(trx);
  await sql`analyze incoming`.execute(trx);
  await sql`create temp table route on commit drop as
    select i.series, i.step,
      min(i.period) = coalesce(min(st.first_period + cardinality(st.vals) * i.step), min(i.period))
        and (max(i.period) - min(i.period)) / i.step + 1 = count(*) as appends
    from incoming i join series_state st on st.series = i.series
    group by i.series, i.step`.execute(trx);
  await sql`analyze route`.execute(trx);
  await append(trx, submission, now);
  return mergeInto(trx, submission, issued);
}

/** Appends, and in the same stroke marks as due what markDue would: a row this wide is written once and not twice. */
async function append(trx: Transaction<Database>, submission: number, now: Temporal.Instant): Promise<void> {
  await sql`with added as (
      select i.series, min(i.period) as first_period, array_agg(i.value order by i.period) as vals,
        array_agg(i.numerator order by i.period) as numerators,
        array_agg(i.denominator order by i.period) as denominators,
        array_agg(i.plan order by i.period) as plans,
        array_agg(i.no_value order by i.period) as no_value
      from incoming i join route r on r.series = i.series and r.appends
      group by i.series)
    update series_state st set
      first_period = coalesce(st.first_period, a.first_period),
      vals = st.vals || a.vals,
      numerators = st.numerators || a.numerators,
      denominators = st.denominators || a.denominators,
      plans = st.plans || a.plans,
      no_value = st.no_value || a.no_value,
      submissions = st.submissions || array_fill(${submission}::bigint, array[cardinality(a.vals)]),
      restated = st.restated || array_fill(false, array[cardinality(a.vals)]),
      due = true, due_since = least(coalesce(st.due_since, ${now.toString()}), ${now.toString()}),
      due_by = ${dueByToo(submission)}, failure = null, failed_at = null
    from added a where st.series = a.series`.execute(trx);
}

async function mergeInto(
  trx: Transaction<Database>,
  submission: number,
  issued: string,
): Promise<{ unchanged: number }> {
  await sql`create temp table cell on commit drop as
    select st.series, r.step, st.first_period + (c.place - 1)::int * r.step as period,
      c.value, c.numerator, c.denominator, c.plan, c.no_value, c.submission, c.restated
    from series_state st join route r on r.series = st.series and not r.appends,
    unnest(st.vals, st.numerators, st.denominators, st.plans, st.no_value, st.submissions, st.restated)
      with ordinality as c(value, numerator, denominator, plan, no_value, submission, restated, place)
    where c.submission is not null`.execute(trx);
  await sql`analyze cell`.execute(trx);
  // A row that differs from what holds, or says the same but was issued before it, is weighed with all that was ever said of that period: the latest issue date
  // wins, then the later receipt; its submission is the first of the unbroken row of equal ones.
  await sql`create temp table weighed on commit drop as
    with differing as (
      select i.series, i.period from incoming i
      join route r on r.series = i.series and not r.appends
      left join cell c on c.series = i.series and c.period = i.period
      left join submission s on s.id = c.submission
      where c.series is null
        or (i.value, i.numerator, i.denominator, i.plan, i.no_value)
          is distinct from (c.value, c.numerator, c.denominator, c.plan, c.no_value)
        or (${issued}::date, ${submission}::bigint)
          < (coalesce(s.issued, (s.received_at at time zone 'Europe/London')::date), s.id)),
    ranked as (
      select o.*, row_number() over (partition by o.series, o.period order by o.issued desc, o.submission desc) as rank
      from observation o join differing d on d.series = o.series and d.period = o.period),
    compared as (
      select k.*, (k.value, k.numerator, k.denominator, k.plan, k.no_value)
          is distinct from (l.value, l.numerator, l.denominator, l.plan, l.no_value) as differs,
        k.value is distinct from l.value as other_value
      from ranked k join ranked l on l.series = k.series and l.period = k.period and l.rank = 1),
    summed as (
      select series, period, coalesce(min(rank) filter (where differs), max(rank) + 1) - 1 as holds_from,
        bool_or(other_value) as restated
      from compared group by series, period)
    select k.series, k.period, k.value, k.numerator, k.denominator, k.plan, k.no_value, k.submission, s.restated
    from summed s join ranked k on k.series = s.series and k.period = s.period and k.rank = s.holds_from`.execute(trx);
  await sql`analyze weighed`.execute(trx);
  await sql`with merged as (
      select coalesce(w.series, c.series) as series, coalesce(w.period, c.period) as period,
        case when w.series is null then c.value else w.value end as value,
        case when w.series is null then c.numerator else w.numerator end as numerator,
        case when w.series is null then c.denominator else w.denominator end as denominator,
        case when w.series is null then c.plan else w.plan end as plan,
        case when w.series is null then c.no_value else w.no_value end as no_value,
        case when w.series is null then c.submission else w.submission end as submission,
        case when w.series is null then c.restated else w.restated end as restated
      from cell c full join weighed w on w.series = c.series and w.period = c.period),
    span as (select series, min(period) as first_period, max(period) as last_period from merged group by series),
    grid as (
      select s.series, p as period from span s join route r on r.series = s.series,
      generate_series(s.first_period, s.last_period, r.step) p),
    rebuilt as (
      select g.series, min(g.period) as first_period,
        array_agg(m.value order by g.period) as vals,
        array_agg(m.numerator order by g.period) as numerators,
        array_agg(m.denominator order by g.period) as denominators,
        array_agg(m.plan order by g.period) as plans,
        array_agg(m.no_value order by g.period) as no_value,
        array_agg(m.submission order by g.period) as submissions,
        array_agg(coalesce(m.restated, false) order by g.period) as restated
      from grid g left join merged m on m.series = g.series and m.period = g.period
      group by g.series)
    update series_state st set first_period = b.first_period, vals = b.vals, numerators = b.numerators,
      denominators = b.denominators, plans = b.plans, no_value = b.no_value, submissions = b.submissions,
      restated = b.restated
    from rebuilt b where st.series = b.series and exists (select from weighed w where w.series = b.series)`.execute(
    trx,
  );
  const { rows } = await sql<{ unchanged: number }>`select count(*) as unchanged from incoming i
    join route r on r.series = i.series and not r.appends
    join cell c on c.series = i.series and c.period = i.period
    where (i.value, i.numerator, i.denominator, i.plan, i.no_value)
      is not distinct from (c.value, c.numerator, c.denominator, c.plan, c.no_value)`.execute(trx);
  return { unchanged: rows[0]?.unchanged ?? 0 };
}
