import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/** The months of a series whose values are computed from the series below it. */
export interface ComputedPeriods {
  readonly series: number;
  readonly from: number;
  readonly to: number;
}

/** A submission that a figure of a series below the given one holds by. */
export interface SubmissionBelow {
  readonly series: number;
  readonly period: number;
  readonly submission: number;
}

/** The submissions by which the figures hold that computed values are made of, however far below. */
export async function submissionsBelow(
  trx: Transaction<Database>,
  computed: readonly ComputedPeriods[],
): Promise<SubmissionBelow[]> {
  if (computed.length === 0) return [];
  const { rows } = await sql<SubmissionBelow>`with recursive asked as (
      select series, min("from") as "from", max("to") as "to"
      from jsonb_to_recordset(${JSON.stringify(computed)}::jsonb) as a(series int, "from" int, "to" int) group by series),
    below as (
      select series as top, series from asked
      union select b.top, st.series from below b join series_state st on st.parent = b.series)
    select distinct b.top as series, p.period, c.submission
    from below b join asked a on a.series = b.top
    join series_state st on st.series = b.series
    join series s on s.id = st.series
    join metric m on m.code = s.metric and m.until is null
    cross join lateral unnest(st.submissions) with ordinality as c(submission, place)
    cross join lateral (select (st.first_period
      + (c.place - 1) * case m.frequency when 'quarterly' then 3 else 1 end)::int as period) p
    where b.series <> b.top and c.submission is not null and p.period between a."from" and a."to"`.execute(trx);
  return rows;
}
