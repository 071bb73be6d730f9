import { type Kysely, sql } from "kysely";
import { asSeriesPoints, seriesColumns, type SeriesPoints, type SeriesRow } from "./series-points.ts";
import type { Database } from "./tables.ts";

/** Every period that these series have reached, by the series' id: one statement, however many there are. */
export async function pointsOfMany(
  db: Kysely<Database>,
  series: readonly number[],
): Promise<ReadonlyMap<number, SeriesPoints>> {
  if (series.length === 0) return new Map();
  const { rows } = await sql<SeriesRow>`select ${seriesColumns}
    from series_decision d join series s on s.id = d.series
    join metric m on m.code = s.metric and m.until is null
    join organisation o on o.code = s.organisation and o.until is null
    where d.series = any(${series}::bigint[])`.execute(db);
  return new Map(rows.flatMap((row) => (row.series === null ? [] : [[row.series, asSeriesPoints(row)]])));
}
