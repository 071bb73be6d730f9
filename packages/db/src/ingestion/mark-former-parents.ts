import { sql, type Transaction } from "kysely";
import { linkSeries } from "../catalogue/link-series.ts";
import type { Database } from "../tables.ts";

/**
 * Marks what a submission made due also as due above where its organisations stood before: figures of those months count
 * there. To be called after `markDue`; where parents.csv names nobody it is one look.
 */
export async function markFormerParents(
  trx: Transaction<Database>,
  submission: number,
  now: Temporal.Instant,
): Promise<void> {
  const { rows } = await sql<{ moved: boolean; unlinked: boolean }>`
    with moved as materialized (
      select distinct s.metric, f.parent from organisation_parent f
      join series s on s.organisation = f.organisation
      join metric m on m.code = s.metric and m.until is null and m.aggregation <> 'none'
      join series_state st on st.series = s.id and st.due and ${submission} = any(st.due_by)
      where f.until is null)
    select exists (select from moved) as moved, exists (select from moved where not exists (
      select from series p where p.metric = moved.metric and p.organisation = moved.parent)) as unlinked`.execute(trx);
  const [found] = rows;
  if (found?.moved !== true) return;
  if (found.unlinked) await linkSeries(trx);
  await sql`with recursive up as (
      select st.series from series_state st where st.due and ${submission} = any(st.due_by)
      union
      select above.series from up
      join series s on s.id = up.series
      join metric m on m.code = s.metric and m.until is null and m.aggregation <> 'none'
      cross join lateral (
        select st.parent as series from series_state st where st.series = up.series and st.parent is not null
        union all
        select p.id from organisation_parent f join series p on p.metric = s.metric and p.organisation = f.parent
        where f.organisation = s.organisation and f.until is null) above),
    held as materialized (
      select st.series from series_state st where st.series in (select series from up)
        and not (st.due and ${submission} = any(st.due_by))
      order by st.series for update)
    update series_state st set due = true, due_since = least(coalesce(st.due_since, ${now.toString()}), ${now.toString()}),
      due_by = array(select distinct by from unnest(st.due_by || ${submission}::bigint) as by order by by), failure = null, failed_at = null
    from held where st.series = held.series`.execute(trx);
}
