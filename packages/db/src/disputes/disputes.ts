import type { Frequency, Period } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import type { Visible } from "../visible-organisations.ts";

/** A figure that somebody contests, or contested. */
export interface Dispute {
  readonly id: number;
  readonly metric: string;
  readonly organisation: string;
  readonly frequency: Frequency;
  readonly period: Period;
  readonly submission: number | null;
  readonly reason: string;
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly untilAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant | null;
  readonly endedBy: string | null;
  readonly endedWhy: "settled" | "restated" | "ran-out" | null;
  readonly endedNote: string;
}

export interface DisputeFilter {
  readonly id?: number | undefined;
  readonly submission?: number | undefined;
  readonly metric?: string | undefined;
  readonly organisation?: string | undefined;
  /** Only those in force. */
  readonly inForce?: boolean | undefined;
  /** Of these organisations alone; null for all. */
  readonly visible?: Visible;
}

/** Disputes, oldest first, after an id and at most so many. */
export async function listDisputes(
  db: Kysely<Database>,
  { id, submission, metric, organisation, inForce, visible = null }: DisputeFilter,
  page: { readonly after: number; readonly limit: number } = { after: 0, limit: 1000 },
): Promise<Dispute[]> {
  const conditions = [
    sql`d.id > ${page.after}`,
    ...(id === undefined ? [] : [sql`d.id = ${id}`]),
    ...(submission === undefined ? [] : [sql`d.submission = ${submission}`]),
    ...(metric === undefined ? [] : [sql`s.metric = ${metric}`]),
    ...(organisation === undefined ? [] : [sql`s.organisation = ${organisation}`]),
    ...(inForce === true ? [sql`d.ended_at is null`] : []),
    ...(visible === null ? [] : [sql`s.organisation = any(${[...visible]}::text[])`]),
  ];
  const { rows } =
    await sql<Dispute>`select d.id, s.metric, s.organisation, coalesce(m.frequency, 'monthly') as frequency,
      d.period, d.submission, d.reason, d.by, d.at, d.until_at as "untilAt", d.ended_at as "endedAt", d.ended_by as "endedBy",
      d.ended_why as "endedWhy", d.ended_note as "endedNote"
    from dispute d join series s on s.id = d.series left join metric m on m.code = s.metric and m.until is null
    where ${sql.join(conditions, sql` and `)} order by d.id limit ${page.limit}`.execute(db);
  return rows;
}
