import { type Frequency, type Period, stepOf } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { seriesSeen, type Sight } from "../sight.ts";
import type { Database, RequestStage } from "../tables.ts";

/** Commentary that is asked for or written, of one series and period. */
export interface ListedCommentary {
  readonly metric: string;
  readonly organisation: string;
  readonly area: string;
  readonly frequency: Frequency;
  readonly period: Period;
  /** The submission of the period's figure, by which one that waits for a signature is known. */
  readonly submission: number | null;
  /** Of the request; null where nobody was asked. */
  readonly dueOn: string | null;
  readonly stage: RequestStage | null;
  /** The last words; null where nothing is written. */
  readonly words: string | null;
  readonly by: string | null;
  readonly at: Temporal.Instant | null;
  /** How often it was saved. */
  readonly versions: number;
}

export interface CommentaryFilter {
  readonly sight: Sight;
  readonly metric?: string | undefined;
  readonly organisation?: string | undefined;
  /** An area: the code of its board. */
  readonly forum?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Only what is still asked of this address. */
  readonly askedOf?: string | undefined;
}

/** What is asked for and what is written, the latest period first; a page of it, and how much there is. */
export async function listCommentary(
  db: Kysely<Database>,
  filter: CommentaryFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ readonly rows: readonly ListedCommentary[]; readonly total: number }> {
  const { rows } = await sql<ListedCommentary & { total: number }>`
    with about as (
      select series, period from request where kind = 'commentary' and series is not null and stage <> 'withdrawn'
      union select series, period from commentary)
    select s.metric, s.organisation, m.area, m.frequency, a.period, q.due_on as "dueOn", q.stage, c.words, c.by, c.at,
      coalesce(c.versions, 0)::int as versions, count(*) over ()::int as total,
      d.submissions[(a.period - d.first_period) / (case m.frequency when 'quarterly' then ${stepOf("quarterly")}::int else 1 end) + 1]
        as submission
    from about a join series s on s.id = a.series
    join metric m on m.code = s.metric and m.until is null
    join organisation o on o.code = s.organisation and o.until is null
    left join series_decision d on d.series = s.id
    left join lateral (select r.due_on, r.stage, r.recipients, r.ended_at from request r
      where r.kind = 'commentary' and r.series = a.series and r.period = a.period and r.stage <> 'withdrawn'
      order by r.ended_at is null desc, r.id desc limit 1) q on true
    left join lateral (select w.words, w.by, w.at, count(*) over () as versions from commentary w
      where w.series = a.series and w.period = a.period order by w.id desc limit 1) c on true
    where ${seriesSeen(filter.sight, { metric: "s.metric", organisation: "s.organisation" })} and ${matching(filter)}
    order by a.period desc, m.area, o.name, m.name, s.id limit ${limit} offset ${offset}`.execute(db);
  return { rows, total: rows[0]?.total ?? 0 };
}

function matching({ metric, organisation, forum, from, to, askedOf }: CommentaryFilter) {
  const conditions = [
    sql`true`,
    ...(metric === undefined ? [] : [sql`s.metric = ${metric}`]),
    ...(organisation === undefined ? [] : [sql`s.organisation = ${organisation}`]),
    ...(forum === undefined ? [] : [sql`m.area = ${forum}`]),
    ...(from === undefined ? [] : [sql`a.period >= ${from}`]),
    ...(to === undefined ? [] : [sql`a.period <= ${to}`]),
    ...(askedOf === undefined
      ? []
      : [
          sql`q.ended_at is null and exists (select from unnest(q.recipients) r where lower(r) = ${askedOf.toLowerCase()})`,
        ]),
  ];
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
