import { NAMED_MISSING } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import { givesWay, mayGiveWay } from "../overtaken.ts";
import type { Database } from "../tables.ts";

/**
 * Drops chasers that have not left, of returns whose missing figures have now all come in; whoever is named as missing by
 * the publisher has still not answered.
 */
export async function dropAnsweredChasers(trx: Transaction<Database>): Promise<void> {
  await sql`with answered as (
      select t.id from telling t
      where t.kind = 'submission-missing' and t.reason <> 'return-asked'
        and (t.state = 'waiting' or exists (select from notice n where n.telling = t.id and ${mayGiveWay}))
        and t.organisation in (select organisation from touched where own)
        and not exists (
          select from jsonb_array_elements_text(t.detail -> 'codes') as missing(metric)
          join metric m on m.code = missing.metric and m.until is null
          left join series s on s.metric = m.code and s.organisation = t.organisation
          left join series_state st on st.series = s.id
          cross join lateral (
            select (t.period - st.first_period) / (case m.frequency when 'quarterly' then 3 else 1 end) + 1 as at) place
          where t.period < st.first_period or st.submissions[place.at] is null or st.no_value[place.at] = ${NAMED_MISSING})),
    dropped as (update telling t set state = 'dropped' from answered a where t.id = a.id and t.state = 'waiting')
    update notice n set ${givesWay} from answered a where n.telling = a.id and ${mayGiveWay}`.execute(trx);
}
