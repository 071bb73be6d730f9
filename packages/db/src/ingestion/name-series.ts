import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/**
 * Makes the series that the staged rows speak of and, for a metric that a parent's value is computed of, the series of
 * every organisation above; then locks the state of all of them, and of those that the system's plan is compared with, in
 * one order, so that two files never wait for each other. Leaves `touched`, a row a series, and `incoming`, a row a figure
 * in order of series and period.
 */
export async function nameSeries(trx: Transaction<Database>): Promise<void> {
  await sql`create temp table touched on commit drop as
    with recursive own as materialized (
      select n.metric, n.organisation, o.parent, m.aggregation, m.frequency, o.kind
      from (select distinct metric, organisation from staged) n
      join organisation o on o.code = n.organisation and o.until is null
      join metric m on m.code = n.metric and m.until is null),
    above as (
      select metric, parent as organisation, aggregation, frequency from own
      where aggregation <> 'none' and parent is not null
      union
      select a.metric, o.parent, a.aggregation, a.frequency from above a
      join organisation o on o.code = a.organisation and o.until is null and o.parent is not null),
    wanted as (
      select metric, organisation, parent, aggregation, frequency, kind, true as own from own
      union all
      select a.metric, a.organisation, o.parent, a.aggregation, a.frequency, o.kind, false from above a
      join organisation o on o.code = a.organisation and o.until is null
      where not exists (select from own w where w.metric = a.metric and w.organisation = a.organisation))
    select s.id as series, w.metric, w.organisation, w.own, w.parent, w.aggregation, w.kind = 'system' as is_system,
      case when w.frequency = 'quarterly' then 3 else 1 end as step
    from wanted w left join series s on s.metric = w.metric and s.organisation = w.organisation`.execute(trx);
  // Made where one is missing, and not else: to try and find each there already takes three times as long.
  await sql`insert into series (metric, organisation)
    select metric, organisation from touched where series is null
    order by metric, organisation on conflict do nothing`.execute(trx);
  await sql`update touched t set series = s.id from series s
    where t.series is null and s.metric = t.metric and s.organisation = t.organisation`.execute(trx);
  await sql`analyze touched`.execute(trx);
  await sql`insert into series_state (series, parent)
    select t.series, p.id from touched t
    left join series p on t.aggregation <> 'none' and p.metric = t.metric and p.organisation = t.parent
    where not exists (select from series_state st where st.series = t.series)
    order by t.series on conflict do nothing`.execute(trx);
  await lockStates(trx);
  await sql`create temp table incoming on commit drop as
    select t.series, t.step, s.period, s.row_number, s.value, s.numerator, s.denominator, s.plan, s.no_value, s.mark,
      s.comment
    from staged s join touched t on t.metric = s.metric and t.organisation = s.organisation
    order by t.series, s.period`.execute(trx);
  await sql`analyze incoming`.execute(trx);
}

async function lockStates(trx: Transaction<Database>): Promise<void> {
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
  // In the order of the key: the index is walked once, not searched a quarter of a million times.
  await sql`insert into observation
      (series, period, submission, row_number, issued, value, numerator, denominator, plan, no_value, mark, comment)
    select series, period, ${submission}, row_number, ${issued}, value, numerator, denominator, plan, no_value, mark,
      comment
    from incoming order by series, period`.execute(trx);
}
