import { sql, type Transaction } from "kysely";
import { sentFigures, Slab } from "../evaluation/arrays.ts";
import type { Database } from "../tables.ts";

/** What holds of a series that the staged rows speak of, place by place from `first`; NaN is no value. */
export interface HeldSeries {
  readonly series: number;
  readonly metric: string;
  readonly organisation: string;
  readonly first: number;
  readonly values: Float64Array;
  readonly submissions: Float64Array;
}

interface Row {
  series: number;
  metric: string;
  organisation: string;
  first: number;
  count: number;
  vals: Buffer;
  submissions: Buffer;
}

const ARRAYS = 2;

/**
 * What holds of these metrics' series that the staged rows speak of. With `reachedInto`, of those alone in which a row
 * speaks of a period that the series has reached already: only there can a row put another value in a new light.
 */
export async function heldSeries(
  trx: Transaction<Database>,
  { metrics, reachedInto }: { metrics: readonly string[]; reachedInto: boolean },
): Promise<HeldSeries[]> {
  if (metrics.length === 0) return [];
  const { rows } = await sql<Row>`select t.series, t.metric, t.organisation, st.first_period as first,
      cardinality(st.vals) as count, array_send(st.vals) as vals, array_send(st.submissions) as submissions
    from touched t
    join series_state st on st.series = t.series
    join (select series, min(period) as period from incoming group by series) s on s.series = t.series
    where t.own and t.metric = any(${metrics}) and cardinality(st.vals) > 0
      and (${!reachedInto} or s.period < st.first_period + cardinality(st.vals) * t.step)
    order by t.metric, t.organisation`.execute(trx);
  const slab = new Slab(rows.reduce((sum, { count }) => sum + ARRAYS * count, 0));
  return rows.map(({ count, vals, submissions, ...row }) => ({
    ...row,
    values: sentFigures(vals, count, slab),
    submissions: sentFigures(submissions, count, slab),
  }));
}

/** A place in a series. */
export interface SeriesPlace {
  readonly series: number;
  readonly period: number;
}

/** The staged rows that speak of these places; places of which no row speaks are left out. */
export async function stagedRowsAt(
  trx: Transaction<Database>,
  places: readonly SeriesPlace[],
): Promise<(SeriesPlace & { readonly row: number; readonly value: number | null })[]> {
  if (places.length === 0) return [];
  const { rows } = await sql<SeriesPlace & { row: number; value: number | null }>`
    select i.series, i.period, i.row_number as row, i.value
    from unnest(${places.map(({ series }) => series)}::int[], ${places.map(({ period }) => period)}::int[])
      as p(series, period)
    join incoming i on i.series = p.series and i.period = p.period`.execute(trx);
  return rows;
}
