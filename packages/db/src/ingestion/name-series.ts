import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/**
 * Makes the series that the staged rows speak of and, for a metric that a parent's value is computed of, the series of
 * every organisation above; then locks the state of all of them, and of those that the system's plan is compared with, in one order, so that two files never wait for each other.
 */
export async function nameSeries(trx: Transaction<Database>): Promise<void> {
  await sql`create temp table touched on commit drop as
    with recursive named as (select distinct metric, organisation from staged),
    upwards as (
      select n.metric, n.organisation, true as own, o.parent, m.aggregation, m.frequency, o.kind
      from named n
      join organisation o on o.code = n.organisation and o.until is null
      join metric m on m.code = n.metric and m.until is null
      union
      select u.metric, o.code, false, o.parent, u.aggregation, u.frequency, o.kind
      from upwards u
      join organisation o on o.code = u.parent and o.until is null
      where u.aggregation <> 'none')
    select metric, organisation, bool_or(own) as own, min(parent) as parent,
      case when min(frequency) = 'quarterly' then 3 else 1 end as step,
      bool_or(kind = 'system') as is_system, min(aggregation) as aggregation, null::int as series
    from upwards group by metric, organisation`.execute(trx);
  await sql`insert into series (metric, organisation)
    select metric, organisation from touched order by metric, organisation on conflict do nothing`.execute(trx);
  await sql`update touched t set series = s.id from series s
    where s.metric = t.metric and s.organisation = t.organisation`.execute(trx);
  await sql`analyze touched`.execute(trx);
  await sql`insert into series_state (series, parent)
    select t.series, p.id from touched t
    left join series p on t.aggregation <> 'none' and p.metric = t.metric and p.organisation = t.parent
    order by t.series on conflict do nothing`.execute(trx);
  await sql`select series from series_state where series in (
      select series from touched
      union select s.id from series s where s.metric in (
        select t.metric from touched t join staged r on r.metric = t.metric and r.organisation = t.organisation
        where t.is_system and r.plan is not null))
    order by series for update`.execute(trx);
}

/** Appends one observation a staged row; nothing that stood before is touched. */
export async function appendObservations(
  trx: Transaction<Database>,
  submission: number,
  issued: string,
): Promise<void> {
  await sql`insert into observation
      (series, period, submission, row_number, issued, value, numerator, denominator, plan, no_value, mark, comment)
    select t.series, s.period, ${submission}, s.row_number, ${issued}, s.value, s.numerator, s.denominator, s.plan,
      s.no_value, s.mark, s.comment
    from staged s join touched t on t.metric = s.metric and t.organisation = s.organisation`.execute(trx);
}
