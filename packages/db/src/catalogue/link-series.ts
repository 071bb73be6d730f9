import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/**
 * Links every series to that of the organisation above, where a parent's value is computed of its children's, and makes
 * the series of organisations above, now or in some month, that are not there yet. Takes the state rows in order of series.
 */
export async function linkSeries(trx: Transaction<Database>): Promise<void> {
  await sql`select series from series_state order by series for update`.execute(trx);
  await sql`insert into series (metric, organisation)
    with recursive above_now_or_before as materialized (
      select code, parent from organisation where until is null and parent is not null
      union select organisation, parent from organisation_parent where until is null),
    above as (
      select s.metric, o.parent as organisation
      from series s
      join metric m on m.code = s.metric and m.until is null and m.aggregation <> 'none'
      join above_now_or_before o on o.code = s.organisation
      union
      select a.metric, o.parent
      from above a join above_now_or_before o on o.code = a.organisation)
    select metric, organisation from above a
    where not exists (select from series s where s.metric = a.metric and s.organisation = a.organisation)
    order by metric, organisation`.execute(trx);
  await sql`insert into series_state (series)
    select id from series s where not exists (select from series_state st where st.series = s.id) order by id`.execute(
    trx,
  );
  await sql`update series_state st set parent = wanted.parent
    from (
      select s.id as series, p.id as parent
      from series s
      left join organisation o on o.code = s.organisation and o.until is null
      left join metric m on m.code = s.metric and m.until is null and m.aggregation <> 'none'
      left join series p on p.metric = m.code and p.organisation = o.parent) wanted
    where wanted.series = st.series and st.parent is distinct from wanted.parent`.execute(trx);
}
