import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/** Why a catalogue is not loaded, in the shape of a problem of its check. */
export interface Refusal {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly message: string;
}

/**
 * What the differences found would take from under figures that are there: an organisation or metric that has any
 * cannot be dropped, and a metric's periods cannot become of another length.
 */
export async function findRefusals(trx: Transaction<Database>): Promise<Refusal[]> {
  const { rows } = await sql<{ file: string; column: string; message: string }>`
    with used as (
      select s.metric, s.organisation from series s
      where exists (select from observation o where o.series = s.id)
        or exists (select from series_decision d where d.series = s.id))
    select 'organisations.csv' as file, 'code' as column,
      format('"%s" has observations and cannot be dropped: keep its row and set closed', code) as message
    from diff_organisation where not present and code in (select organisation from used)
    union all
    select 'metrics.csv', 'code', format('"%s" has observations and cannot be dropped: keep its row', code)
    from diff_metric where not present and code in (select metric from used)
    union all
    select 'metrics.csv', 'frequency',
      format('"%s" has observations and stays %s: give the other frequency a code of its own', m.code, m.frequency)
    from diff_metric d join metric m on m.id = d.old_id
    where d.present and d.frequency <> m.frequency and m.code in (select metric from used)
    order by file desc, message`.execute(trx);
  return rows.map((row) => ({ ...row, line: 1 }));
}
