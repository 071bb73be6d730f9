import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/** Which submission was the first to say anything of a period of a series. */
export interface FirstSaid {
  readonly series: number;
  readonly period: number;
  readonly submission: number;
}

/** The first submission of each of these periods, of those that were not withdrawn. */
export async function firstSaid(
  trx: Transaction<Database>,
  periods: readonly { readonly series: number; readonly period: number }[],
): Promise<FirstSaid[]> {
  if (periods.length === 0) return [];
  const { rows } = await sql<FirstSaid>`select o.series, o.period, min(o.submission) as submission
    from jsonb_to_recordset(${JSON.stringify(periods)}::jsonb) as p(series int, period int)
    join observation o on o.series = p.series and o.period = p.period
    join submission s on s.id = o.submission and s.withdrawn_at is null
    group by o.series, o.period`.execute(trx);
  return rows;
}
