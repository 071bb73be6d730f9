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
      select o.*, row_number() over latest as rank,
        (o.value, o.numerator, o.denominator, o.plan, o.no_value, o.mark) is distinct from (
          first_value(o.value) over latest, first_value(o.numerator) over latest, first_value(o.denominator) over latest,
          first_value(o.plan) over latest, first_value(o.no_value) over latest, first_value(o.mark) over latest) as differs,
        o.value is distinct from first_value(o.value) over latest as other_value
      from observation o join differing d on d.series = o.series and d.period = o.period
      where o.submission not in (select id from submission where withdrawn_at is not null)
      window latest as (partition by o.series, o.period order by o.issued desc, o.submission desc)),
    summed as (
      select *, coalesce(min(rank) filter (where differs) over whole, count(*) over whole + 1) - 1 as holds_from,
        bool_or(other_value) over whole as restated
      from ranked window whole as (partition by series, period))
    select d.series, d.period, s.value, s.numerator, s.denominator, s.plan, s.no_value, s.mark, s.submission,
      coalesce(s.restated, false) as restated
    from differing d
    left join summed s on s.series = d.series and s.period = d.period and s.rank = s.holds_from`.execute(trx);
  await sql`analyze weighed`.execute(trx);
}
