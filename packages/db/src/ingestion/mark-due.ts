import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/** Marks a series (alias st) as due by this submission too: the least comes first, for the index that asks for it. */
export const dueNow = (submission: number, now: Temporal.Instant) => sql`due = true,
  due_since = least(coalesce(st.due_since, ${now.toString()}), ${now.toString()}),
  due_by = case when ${submission} = any(st.due_by) then st.due_by
    when ${submission} < st.due_by[1] then ${submission}::bigint || st.due_by
    else st.due_by || ${submission}::bigint end,
  failure = null, failed_at = null`;

/**
 * Marks what the staged rows changed as due for evaluation: their series, the series of every organisation above whose
 * value is computed of them, and, where the system's own row carries a plan, every series that may be compared with it.
 */
export async function markDue(trx: Transaction<Database>, submission: number, now: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ due: number }>`with changed as (
      select series from route where appends
      union select series from weighed),
    upwards as (
      with recursive up as (
        select st.series, st.parent from series_state st join changed c on c.series = st.series
        union select p.series, p.parent from up join series_state p on p.series = up.parent)
      select series from up),
    by_plan as (
      select s.id as series from series s
      where s.metric in (select t.metric from touched t join incoming i on i.series = t.series
        where t.is_system and i.plan is not null)),
    marked as (
      update series_state st set ${dueNow(submission, now)}
      where st.series in (select series from upwards union select series from by_plan)
        and not (st.due and st.failed_at is null and ${submission} = any(st.due_by))
      returning st.series)
    select count(*) as due from marked`.execute(trx);
  return rows[0]?.due ?? 0;
}
