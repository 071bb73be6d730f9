import type { Period } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database, RequestStage } from "../tables.ts";

/** One save of the words about a period. */
export interface SavedCommentary {
  readonly period: Period;
  readonly words: string;
  readonly by: string;
  readonly at: Temporal.Instant;
}

/** What is known of one period's commentary. */
export interface CommentaryOfPeriod {
  /** The series' number; what was saved is its. */
  readonly series: number;
  /** Of this period and of the one before, every version, the latest first. */
  readonly saved: readonly SavedCommentary[];
  /** The request that is open, or the last there was; null where nobody was asked. */
  readonly asked: {
    readonly dueOn: string;
    readonly stage: RequestStage;
    readonly recipients: readonly string[];
  } | null;
  /** When the papers of the area's next meeting after the period's submission day are due; null where none is planned. */
  readonly papersDueAt: Temporal.Instant | null;
  /** That it was opened again after the papers were due, the latest first. */
  readonly opened: readonly {
    readonly reason: string;
    readonly by: string;
    readonly at: Temporal.Instant;
    readonly until: Temporal.Instant;
  }[];
}

interface Asking {
  readonly metric: string;
  readonly organisation: string;
  readonly period: Period;
  /** The period before, whose words stand beside. */
  readonly before: Period;
  readonly area: string;
  /** When the period's submission day has passed: the meeting is the next after it. */
  readonly after: Temporal.Instant;
}

/** Reads what is known of one period's commentary; null where there is no such series. */
export async function commentaryOfPeriod(
  db: Kysely<Database>,
  { metric, organisation, period, before, area, after }: Asking,
): Promise<CommentaryOfPeriod | null> {
  const [{ rows: found }, { rows: saved }, { rows: opened }] = await Promise.all([
    sql<Omit<CommentaryOfPeriod, "saved" | "opened">>`
      select s.id as series, q.as_json as asked,
        (select papers_due_at from meeting where forum = ${area} and starts_at > ${after.toString()} and cancelled_at is null
          order by starts_at limit 1) as "papersDueAt"
      from series s left join lateral (
        select json_build_object('dueOn', r.due_on, 'stage', r.stage, 'recipients', r.recipients) as as_json from request r
        where r.kind = 'commentary' and r.series = s.id and r.period = ${period}
        order by r.ended_at is null desc, r.id desc limit 1) q on true
      where s.metric = ${metric} and s.organisation = ${organisation}`.execute(db),
    sql<SavedCommentary>`
      select c.period, c.words, c.by, c.at from commentary c join series s on s.id = c.series
      where s.metric = ${metric} and s.organisation = ${organisation} and c.period in (${period}, ${before})
      order by c.id desc`.execute(db),
    sql<CommentaryOfPeriod["opened"][number]>`
      select c.reason, c.by, c.at, c.until from commentary_opened c join series s on s.id = c.series
      where s.metric = ${metric} and s.organisation = ${organisation} and c.period = ${period} order by c.id desc`.execute(
      db,
    ),
  ]);
  const [row] = found;
  return row === undefined ? null : { ...row, saved, opened };
}

/** The last words of each period of a series, from a period on, the latest period first. */
export async function lastWords(
  db: Kysely<Database>,
  { metric, organisation }: { metric: string; organisation: string },
  { from, to }: { from: number; to: number },
): Promise<SavedCommentary[]> {
  const { rows } = await sql<SavedCommentary>`
    select distinct on (c.period) c.period, c.words, c.by, c.at from commentary c join series s on s.id = c.series
    where s.metric = ${metric} and s.organisation = ${organisation} and c.period between ${from} and ${to}
    order by c.period desc, c.id desc`.execute(db);
  return rows;
}
