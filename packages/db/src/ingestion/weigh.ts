import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/**
 * Weighs each period in `differing` with all that was ever said of it and not withdrawn, as `weighed`: the latest issue date
 * wins, then the later receipt; its submission is the first of the unbroken row of equal ones. Where nothing is left to
 * hold, the submission is null.
 */
export async function weigh(trx: Transaction<Database>): Promise<void> {
  await sql`create temp table weighed on commit drop as
    with ranked as (
      select o.*, row_number() over (partition by o.series, o.period order by o.issued desc, o.submission desc) as rank
      from observation o join differing d on d.series = o.series and d.period = o.period
      where o.submission not in (select id from submission where withdrawn_at is not null)),
    compared as (
      select k.*, (k.value, k.numerator, k.denominator, k.plan, k.no_value, k.mark)
          is distinct from (l.value, l.numerator, l.denominator, l.plan, l.no_value, l.mark) as differs,
        k.value is distinct from l.value as other_value
      from ranked k join ranked l on l.series = k.series and l.period = k.period and l.rank = 1),
    summed as (
      select series, period, coalesce(min(rank) filter (where differs), max(rank) + 1) - 1 as holds_from,
        bool_or(other_value) as restated
      from compared group by series, period)
    select d.series, d.period, k.value, k.numerator, k.denominator, k.plan, k.no_value, k.mark, k.submission,
      coalesce(s.restated, false) as restated
    from differing d
    left join summed s on s.series = d.series and s.period = d.period
    left join ranked k on k.series = s.series and k.period = s.period and k.rank = s.holds_from`.execute(trx);
  await sql`analyze weighed`.execute(trx);
}
