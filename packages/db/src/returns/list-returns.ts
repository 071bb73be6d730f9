import {
  type FigureOwed,
  type Frequency,
  NAMED_MISSING,
  openPeriods,
  type Period,
  type ReturnState,
  type ReturnStatus,
  stateOfReturn,
  submissionDay,
  submissionDayPassesAt,
} from "@signalbox/domain";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "../tables.ts";
import { isVisible, type Visible } from "../visible-organisations.ts";
import { owedSeries, type Owing, owingAt } from "./owed-series.ts";

/** Which return: what one organisation owes of one period by one day. */
export interface ReturnKey {
  readonly organisation: string;
  readonly frequency: Frequency;
  readonly dueWorkingDay: number;
  readonly period: Period;
}

/** One figure of a return, with the value that holds; unrounded. */
export interface ReturnFigure extends FigureOwed {
  readonly value: number | null;
}

export interface Return extends ReturnKey, Pick<ReturnState, "status" | "late" | "receivedAt"> {
  readonly name: string;
  readonly dueOn: Temporal.PlainDate;
  readonly figures: readonly (ReturnFigure & { readonly status: ReturnState["metrics"][number] })[];
  /** All that ever gave any of these figures, and were not withdrawn, in order. */
  readonly submissions: readonly number[];
}

export interface ReturnFilter {
  readonly visible: Visible;
  readonly organisation?: string | undefined;
  readonly frequency?: Frequency | undefined;
  readonly dueWorkingDay?: number | undefined;
  /** A board's code: of its figures alone. */
  readonly area?: string | undefined;
  /** Months: a return counts by its first one. Without `to` periods that have ended are listed. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly status?: ReturnStatus | undefined;
}

/** At most `limit` returns after a place, in order of organisation, frequency, due working day and period. */
export async function listReturns(
  db: Kysely<Database>,
  filter: ReturnFilter,
  { after, limit, now }: { after: ReturnKey | null; limit: number; now: Temporal.Instant },
): Promise<Return[]> {
  const owing = await owingAt(db, now);
  const found: Return[] = [];
  let place = after;
  // A status is found out of the facts, so that a page of few may take a look at many.
  for (let many = limit; found.length < limit; many = 1000) {
    const rows = await returnsOf(db, keysOf(filter, { owing, after: place, limit: many }), {
      owing,
      area: filter.area,
    });
    found.push(...rows.filter(({ status }) => filter.status === undefined || status === filter.status));
    place = rows.at(-1) ?? null;
    if (place === null || rows.length < many) break;
  }
  return found.slice(0, limit);
}

function keysOf(
  filter: ReturnFilter,
  { owing, after, limit }: { owing: Owing; after: ReturnKey | null; limit: number },
): RawBuilder<unknown> {
  const { running } = owing;
  const { organisation, frequency, dueWorkingDay, from, to } = filter;
  const ended = to === undefined;
  const last = sql`least(${to ?? null}::int, case w.frequency when 'quarterly'
    then ${ended ? running.quarterly - 3 : running.quarterly}::int
    else ${ended ? running.monthly - 1 : running.monthly}::int end)`;
  // A quarter is meant where its first month is.
  const first = sql`greatest(w.owed_from, (ceil(coalesce(${from ?? null}::int, w.owed_from, ${running.monthly - 11}::int)::numeric / w.step) * w.step)::int)`;
  return sql`select distinct w.organisation, w.frequency, w.day, p.period
    from owed w
    join organisation o on o.code = w.organisation and o.until is null
    cross join lateral generate_series(${first}, ${last}, w.step) as p(period)
    where ${isVisible("w.organisation", filter.visible)}
      and ${organisation === undefined ? sql`true` : sql`w.organisation = ${organisation}`}
      and ${frequency === undefined ? sql`true` : sql`w.frequency = ${frequency}`}
      and ${dueWorkingDay === undefined ? sql`true` : sql`w.day = ${dueWorkingDay}`}
      and ${after === null ? sql`true` : sql`(w.organisation, w.frequency, w.day, p.period) > (${after.organisation}, ${after.frequency}, ${after.dueWorkingDay}::int, ${after.period}::int)`}
    order by 1, 2, 3, 4 limit ${limit}`;
}

/** The returns of the given keys, whichever they are. */
export function returnsByKey(db: Kysely<Database>, keys: readonly ReturnKey[], owing: Owing): Promise<Return[]> {
  const rows = JSON.stringify(keys.map((key) => ({ ...key, day: key.dueWorkingDay })));
  return returnsOf(
    db,
    sql`select * from jsonb_to_recordset(${rows}::jsonb) as k(organisation text, frequency text, day int, period int)`,
    { owing },
  );
}

interface Row {
  organisation: string;
  name: string;
  opened: string | null;
  closed: string | null;
  firstFileAt: string | null;
  frequency: Frequency;
  day: number;
  period: Period;
  figures: (Omit<ReturnFigure, "answeredAt"> & { answeredAt: string | null; submissions: number[] | null })[];
}

/** The returns that a query names by organisation, frequency, day and period, with all their figures. */
async function returnsOf(
  db: Kysely<Database>,
  keys: RawBuilder<unknown>,
  { owing, area }: { owing: Owing; area?: string | undefined },
): Promise<Return[]> {
  const { rows } = await sql<Row>`
    with recursive owed as materialized (${owedSeries(owing, area)}),
    page as materialized (${keys}),
    figure as (
      select k.organisation, k.frequency, k.day, k.period, w.metric, given.ids,
        st.submissions[i.place] is not null as came, given.at,
        -- A value that nobody believes is kept out where it is decided of, and marked there.
        case when d.no_values ? k.period::text then null else st.vals[i.place] end as value,
        coalesce(st.no_value[i.place], d.no_values ->> k.period::text) as no_value,
        coalesce(d.marks ->> k.period::text, st.marks[i.place]) as mark
      from page k
      join owed w on w.organisation = k.organisation and w.frequency = k.frequency and w.day = k.day
        and k.period >= coalesce(w.owed_from, k.period)
      left join series_state st on st.series = w.series
      left join series_decision d on d.series = w.series
      cross join lateral (select (k.period - st.first_period) / w.step + 1 as place) i
      left join lateral (
        select min(b.received_at) filter (where ob.no_value is distinct from ${NAMED_MISSING}) as at,
          array_agg(b.id) as ids
        from observation ob join submission b on b.id = ob.submission and b.withdrawn_at is null
        where ob.series = w.series and ob.period = k.period) given on st.submissions[i.place] is not null),
    up as (
      select organisation, organisation as above from page
      union select up.organisation, o.parent from up
        join organisation o on o.code = up.above and o.until is null and o.parent is not null),
    begun as materialized (
      select up.organisation, min(b.received_at) as at from up
      join submission b on b.organisation = up.above and b.withdrawn_at is null group by up.organisation)
    select f.organisation, o.name, o.opened, o.closed, to_json(begun.at) #>> '{}' as "firstFileAt",
      f.frequency, f.day, f.period, json_agg(json_build_object('metric', f.metric, 'came', f.came, 'value', f.value, 'noValue', f.no_value,
        'mark', f.mark, 'answeredAt', f.at, 'submissions', f.ids) order by f.metric) as figures
    from figure f
    join organisation o on o.code = f.organisation and o.until is null
    left join begun on begun.organisation = f.organisation
    group by f.organisation, o.name, o.opened, o.closed, begun.at, f.frequency, f.day, f.period
    order by f.organisation, f.frequency, f.day, f.period`.execute(db);
  return rows.map((row) => asReturn(row, owing.now));
}

function asReturn({ day: dueWorkingDay, ...row }: Row, now: Temporal.Instant): Return {
  const { organisation, name, frequency, period } = row;
  const submissions = new Set(row.figures.flatMap((figure) => figure.submissions ?? []));
  const opened = row.opened === null ? null : Temporal.PlainDate.from(row.opened);
  const closed = row.closed === null ? null : Temporal.PlainDate.from(row.closed);
  const figures = row.figures.map(({ metric, came, value, noValue, mark, answeredAt }) => ({
    metric,
    came,
    value,
    noValue,
    mark,
    answeredAt: answeredAt === null ? null : Temporal.Instant.from(answeredAt),
  }));
  const dueOn = submissionDay(period, frequency, dueWorkingDay);
  const passesAt = submissionDayPassesAt(period, frequency, dueWorkingDay);
  const open = openPeriods({ opened, closed }, frequency);
  const firstFileAt = row.firstFileAt === null ? null : Temporal.Instant.from(row.firstFileAt);
  const facts = { period, figures, open, closed, dueOn, passesAt, firstFileAt };
  const { status, late, receivedAt, metrics } = stateOfReturn(facts, now);
  return {
    organisation,
    name,
    frequency,
    dueWorkingDay,
    period,
    dueOn,
    status,
    late,
    receivedAt,
    figures: figures.map((figure, at) => ({ ...figure, status: metrics[at] ?? "due" })),
    submissions: [...submissions].toSorted((a, b) => a - b),
  };
}
