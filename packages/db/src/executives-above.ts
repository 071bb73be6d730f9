import { type RawBuilder, sql } from "kysely";

/**
 * An array of the executives of the organisation in a column, or of the nearest one above it, as the tree stood in a
 * period, that has any; those in `but`, a column of addresses, left out.
 */
export function executivesAbove(organisation: string, period: string, but?: string): RawBuilder<readonly string[]> {
  const [at, then] = [sql.ref(organisation), sql.ref(period)];
  const others =
    but === undefined
      ? sql`true`
      : sql`not exists (select from unnest(${sql.ref(but)}) b where lower(b) = lower(p.email))`;
  return sql`array(
    with recursive up as (
      select code, 0 as height from organisation where code = ${at} and until is null
      union all select above.code, up.height + 1 from up
        join organisation here on here.code = up.code and here.until is null
        join organisation above on above.until is null and above.code = coalesce(
          (select p.parent from organisation_parent p where p.organisation = here.code and p.until is null
            and coalesce(p.from_period, ${then}) <= ${then} and ${then} <= p.to_period limit 1), here.parent)
      where up.height < 30),
    found as (select lower(p.email) as email, up.height from up
      join person p on p.organisation = up.code and p.role = 'executive' and p.until is null and ${others})
    select distinct email from found where height = (select min(height) from found))`;
}
