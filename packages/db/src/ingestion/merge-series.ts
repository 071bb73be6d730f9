import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";
import { dueNow } from "./mark-due.ts";
import { rebuildSeries } from "./rebuild-series.ts";
import { weigh } from "./weigh.ts";

/**
 * Brings the one row a series up to date with the rows in `incoming`. Most files add the next period to each series: those are
 * appended to the arrays. Of the others each row is compared with the one place it speaks of; only series in which a file
 * fills, leaves or restates something are taken apart. Returns how many staged rows said what already held.
 */
export async function mergeSeries(
  trx: Transaction<Database>,
  submission: number,
  { issued, now }: { issued: string; now: Temporal.Instant },
): Promise<{ unchanged: number }> {
  // Temporary tables have no statistics until they are analysed, and without them the planner takes a thousand rows for one.
  await sql`create temp table route on commit drop as
    select i.series, i.step,
      min(i.period) = coalesce(min(st.first_period + cardinality(st.vals) * i.step), min(i.period))
        and (max(i.period) - min(i.period)) / i.step + 1 = count(*) as appends
    from incoming i join series_state st on st.series = i.series
    group by i.series, i.step`.execute(trx);
  await sql`analyze route`.execute(trx);
  await append(trx, submission, now);
  const unchanged = await compare(trx, submission, issued);
  await weigh(trx);
  await rebuildSeries(trx, submission, now);
  return { unchanged };
}

/** Appends, and in the same stroke marks as due what markDue would: a row this wide is written once and not twice. */
async function append(trx: Transaction<Database>, submission: number, now: Temporal.Instant): Promise<void> {
  await sql`with added as (
      select i.series, min(i.period) as first_period, array_agg(i.value order by i.period) as vals,
        array_agg(i.numerator order by i.period) as numerators,
        array_agg(i.denominator order by i.period) as denominators,
        array_agg(i.plan order by i.period) as plans,
        array_agg(i.no_value order by i.period) as no_value,
        array_agg(i.mark order by i.period) as marks
      from incoming i join route r on r.series = i.series and r.appends
      group by i.series)
    update series_state st set
      first_period = coalesce(st.first_period, a.first_period),
      vals = st.vals || a.vals,
      numerators = st.numerators || a.numerators,
      denominators = st.denominators || a.denominators,
      plans = st.plans || a.plans,
      no_value = st.no_value || a.no_value,
      marks = st.marks || a.marks,
      submissions = st.submissions || array_fill(${submission}::bigint, array[cardinality(a.vals)]),
      restated = st.restated || array_fill(false, array[cardinality(a.vals)]),
      ${dueNow(submission, now)}
    from added a where st.series = a.series`.execute(trx);
}

/**
 * Finds the rows to weigh, as `differing`: those that differ from what holds, or say the same but were issued before it.
 * Returns how many rows are equal to what holds. A whole month that comes again costs a look at one place a row.
 */
async function compare(trx: Transaction<Database>, submission: number, issued: string): Promise<number> {
  await sql`create temp table differing on commit drop as
    select i.series, i.period, c.equal
    from incoming i
    join route r on r.series = i.series and not r.appends
    join series_state st on st.series = i.series
    cross join lateral (select (i.period - st.first_period) / i.step + 1 as place) p
    cross join lateral (select st.submissions[place] as holder,
      st.submissions[place] is not null
        and (i.value, i.numerator, i.denominator, i.plan, i.no_value, i.mark) is not distinct from
          (st.vals[place], st.numerators[place], st.denominators[place], st.plans[place], st.no_value[place], st.marks[place])
        as equal) c
    left join submission s on s.id = c.holder
    where not c.equal
      or (${issued}::date, ${submission}::bigint)
        < (coalesce(s.issued, (s.received_at at time zone 'Europe/London')::date), s.id)`.execute(trx);
  await sql`analyze differing`.execute(trx);
  const { rows } = await sql<{ unchanged: number }>`select
    (select count(*) from incoming i join route r on r.series = i.series and not r.appends)
    - (select count(*) from differing where not equal) as unchanged`.execute(trx);
  return rows[0]?.unchanged ?? 0;
}
