import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** Somebody whom the catalogue or a request names, and who is not among its people. */
export interface Leaver {
  readonly address: string;
  /** As the last catalogue that knew them has it; null where none did: then mail still goes to them. */
  readonly name: string | null;
  /** Requests that wait for their answer. */
  readonly requests: number;
  /** Series that series.csv gives them to. */
  readonly series: number;
}

/** Sweeps open requests and the series of the catalogue in force for addresses that are none of its people. */
export async function listLeavers(db: Kysely<Database>, limit: number | null): Promise<Leaver[]> {
  const { rows } = await sql<Leaver>`
    with named as (
      select lower(r) as address, 1 as request, 0 as series from request q, unnest(q.recipients) r where q.ended_at is null
      union all select lower(one), 0, 1 from (
        select owner as one from series_detail where until is null union all select author from series_detail where until is null) s
      where one is not null)
    select n.address, (select p.name from person p where lower(p.email) = n.address order by p.id desc limit 1) as name,
      sum(n.request) as requests, sum(n.series) as series
    from named n
    where n.address <> '' and not exists (select from person p where p.until is null and lower(p.email) = n.address)
    group by n.address order by n.address limit ${limit}`.execute(db);
  return rows;
}
