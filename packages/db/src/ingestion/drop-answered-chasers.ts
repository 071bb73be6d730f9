import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

/** Drops chasers that have not left, of organisations whose figures of that period have now all come in. */
export async function dropAnsweredChasers(trx: Transaction<Database>): Promise<void> {
  await sql`update telling t set state = 'dropped'
    where t.state = 'waiting' and t.kind = 'submission-missing' and t.reason = 'missing'
      and t.organisation in (select organisation from touched where own)
      and not exists (
        select from series s
        join series_state st on st.series = s.id
        join metric m on m.code = s.metric and m.until is null and m.frequency = t.detail ->> 'frequency'
        where s.organisation = t.organisation and st.first_period < t.period
          and st.submissions[(t.period - st.first_period) / (case m.frequency when 'quarterly' then 3 else 1 end) + 1] is null)`.execute(
    trx,
  );
}
