import type { Frequency, Period } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { type StagedRow, stageRows } from "./ingestion/staging.ts";
import type { Database } from "./tables.ts";

/** A value, or why there is none. */
export interface PreviewFigure {
  readonly value: number | null;
  readonly noValue: string | null;
  readonly mark: string | null;
}

/** What a row would do: be the first of its period, take the place of what holds, say the same, or be too old to count. */
export type PreviewFate = "new" | "changed" | "unchanged" | "older";

export interface PreviewRow {
  readonly row: number;
  readonly metric: string;
  readonly organisation: string;
  readonly frequency: Frequency;
  readonly period: Period;
  readonly fate: PreviewFate;
  readonly before: PreviewFigure | null;
  readonly after: PreviewFigure;
  /** The plan that would count for it: the catalogue's, else the row's own. */
  readonly plan: number | null;
}

export interface Preview {
  readonly counts: Readonly<Record<PreviewFate, number>>;
  /** Changed rows first, then new ones, then those too old to count; unchanged ones are only counted. */
  readonly rows: readonly PreviewRow[];
}

/** Leaves a transaction with what it found out, and with nothing done. */
class RolledBack extends Error {
  readonly preview: Preview;
  constructor(preview: Preview) {
    super("rolled back: this was a preview");
    this.preview = preview;
  }
}

/**
 * What rows would change if they were submitted now, issued on this day: at most `limit` of them. The rows are compared in
 * one statement with what holds, in a transaction that leaves nothing behind.
 */
export async function previewChanges(
  db: Kysely<Database>,
  rows: Iterable<StagedRow>,
  { issued, limit }: { issued: string; limit: number },
): Promise<Preview> {
  try {
    return await db.transaction().execute(async (trx): Promise<never> => {
      await stageRows(trx, rows);
      await sql`create temp table previewed on commit drop as
        with compared as (
          select s.row_number, s.metric, s.organisation, m.frequency, s.period, s.value, s.no_value, s.mark, s.numerator,
            s.denominator, coalesce(p.value, s.plan) as plan,
            st.submissions[i.place] as held_by, st.vals[i.place] as held, st.no_value[i.place] as held_reason,
            st.marks[i.place] as held_mark, st.numerators[i.place] as held_numerator,
            st.denominators[i.place] as held_denominator, st.plans[i.place] as held_plan, s.plan as own_plan
          from staged s
          join metric m on m.code = s.metric and m.until is null
          left join series e on e.metric = s.metric and e.organisation = s.organisation
          left join series_state st on st.series = e.id
          cross join lateral (select (s.period - st.first_period)
            / (case m.frequency when 'quarterly' then 3 else 1 end) + 1 as place) i
          left join plan p on p.metric = s.metric and p.organisation = s.organisation and p.period = s.period
            and p.until is null)
        select c.*, case
            when c.held_by is null then 'new'
            when (c.value, c.numerator, c.denominator, c.own_plan, c.no_value, c.mark) is not distinct from
              (c.held, c.held_numerator, c.held_denominator, c.held_plan, c.held_reason, c.held_mark) then 'unchanged'
            when ${issued}::date < coalesce(b.issued, (b.received_at at time zone 'Europe/London')::date) then 'older'
            else 'changed' end as fate
        from compared c left join submission b on b.id = c.held_by`.execute(trx);
      const counted = await sql<{ fate: PreviewFate; count: number }>`
        select fate, count(*) as count from previewed group by fate`.execute(trx);
      const shown = await sql<PreviewRow>`
        select row_number as "row", metric, organisation, frequency, period, fate, plan,
          case when held_by is not null
            then json_build_object('value', held, 'noValue', held_reason, 'mark', held_mark) end as before,
          json_build_object('value', value, 'noValue', no_value, 'mark', mark) as after
        from previewed where fate <> 'unchanged'
        order by array_position(array['changed', 'new', 'older'], fate), row_number, metric limit ${limit}`.execute(
        trx,
      );
      const counts = { new: 0, changed: 0, unchanged: 0, older: 0 };
      for (const { fate, count } of counted.rows) counts[fate] = count;
      throw new RolledBack({ counts, rows: shown.rows });
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.preview;
    throw error;
  }
}
