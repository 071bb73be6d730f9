import type { Frequency, Period } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

const MOST = 1_000_000;

/** What one submission said of a series in a period; `holds` where no other has taken its place. */
export interface FigureVersion {
  readonly period: Period;
  readonly frequency: Frequency;
  readonly submission: number;
  /** Who submitted it: the organisation itself, or one above it. */
  readonly submittedFor: string;
  readonly filename: string | null;
  readonly row: number;
  readonly receivedAt: Temporal.Instant;
  readonly issued: string;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly plan: number | null;
  readonly noValue: string | null;
  readonly mark: string | null;
  readonly comment: string | null;
  readonly holds: boolean;
  readonly withdrawn: { readonly at: Temporal.Instant; readonly by: string; readonly reason: string } | null;
}

type Row = Omit<FigureVersion, "withdrawn"> & {
  readonly withdrawn_at: Temporal.Instant | null;
  readonly withdrawn_by: string | null;
  readonly withdrawn_reason: string | null;
};

/**
 * All that was ever said of a series, or of a range of its periods: by period, and in each by submission, withdrawn ones too. A
 * later submission that says the same as what holds does not hold: the first of them does.
 */
export async function versionsOf(
  db: Kysely<Database>,
  { metric, organisation }: { metric: string; organisation: string },
  within: { readonly from: number; readonly to: number } | null = null,
): Promise<FigureVersion[]> {
  const { rows } = await sql<Row>`select o.period, coalesce(m.frequency, 'monthly') as frequency, o.submission,
      f.organisation as "submittedFor", f.filename, o.row_number as row, f.received_at as "receivedAt", o.issued, o.value,
      o.numerator, o.denominator, o.plan, o.no_value as "noValue", o.mark, o.comment,
      coalesce(st.submissions[(o.period - st.first_period) / (case m.frequency when 'quarterly' then 3 else 1 end) + 1]
        = o.submission, false) as holds,
      f.withdrawn_at, f.withdrawn_by, f.withdrawn_reason
    from series s
    join series_state st on st.series = s.id
    join observation o on o.series = s.id
    join submission f on f.id = o.submission
    left join metric m on m.code = s.metric and m.until is null
    where s.metric = ${metric} and s.organisation = ${organisation} and o.period between ${within?.from ?? -MOST} and ${within?.to ?? MOST}
    order by o.period, o.submission`.execute(db);
  return rows.map(({ withdrawn_at, withdrawn_by, withdrawn_reason, ...row }) => ({
    ...row,
    withdrawn:
      withdrawn_at === null ? null : { at: withdrawn_at, by: withdrawn_by ?? "", reason: withdrawn_reason ?? "" },
  }));
}
