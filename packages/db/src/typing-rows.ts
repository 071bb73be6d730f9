import { asPeriod, type Frequency, type Period, stepOf } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { listReturns } from "./returns/list-returns.ts";
import type { Database } from "./tables.ts";

/** What somebody who types a figure in sees beside its cell. */
export interface TypingRow {
  readonly metric: string;
  /** The catalogue's plan, else the one that came with a figure. */
  readonly plan: number | null;
  /** What holds already in this period. */
  readonly held: TypedBefore | null;
  /** The last three periods before it that say something, latest first. */
  readonly last: readonly (TypedBefore & { readonly period: Period })[];
}

export interface TypedBefore {
  readonly value: number | null;
  readonly noValue: string | null;
}

/** Where and when somebody types. */
export interface TypingPlace {
  readonly organisation: string;
  readonly frequency: Frequency;
  readonly period: Period;
}

const LAST = 3;

/**
 * The metrics that an organisation owes in a period, by code, each with what stands beside its cell. An organisation
 * of which nothing is known to be owed is shown every metric of that frequency: its first figures must come from somewhere.
 */
export async function typingRows(
  db: Kysely<Database>,
  { organisation, frequency, period }: TypingPlace,
  now: Temporal.Instant,
): Promise<TypingRow[]> {
  const filter = { visible: [organisation], organisation, frequency, from: period, to: period };
  const returns = await listReturns(db, filter, { after: null, limit: 100, now });
  const owed = returns.flatMap(({ figures }) => figures.map(({ metric }) => metric));
  const step = stepOf(frequency);
  const { rows } = await sql<TypingRow>`
    select m.code as metric,
      coalesce(p.value, st.plans[i.place]) as plan,
      case when st.submissions[i.place] is not null
        then json_build_object('value', st.vals[i.place], 'noValue', st.no_value[i.place]) end as held,
      coalesce((select json_agg(l order by l.period desc) from (
        select st.first_period + (c.place - 1)::int * ${step}::int as period, c.value, c.no_value as "noValue"
        from unnest(st.vals, st.no_value, st.submissions) with ordinality as c(value, no_value, submission, place)
        where c.submission is not null and st.first_period + (c.place - 1)::int * ${step}::int < ${period}::int
        order by c.place desc limit ${LAST}) l), '[]') as last
    from metric m
    left join series s on s.metric = m.code and s.organisation = ${organisation}
    left join series_state st on st.series = s.id
    cross join lateral (select (${period}::int - st.first_period) / ${step}::int + 1 as place) i
    left join plan p on p.metric = m.code and p.organisation = ${organisation} and p.period = ${period} and p.until is null
    where m.until is null and m.frequency = ${frequency}
      and (${owed.length === 0} or m.code = any(${owed}::text[]))
    order by m.code`.execute(db);
  return rows.map((row) => ({ ...row, last: row.last.map((one) => ({ ...one, period: asPeriod(one.period) })) }));
}
