import { type Kysely, sql } from "kysely";
import { at as moment } from "../instants.ts";
import type { Database } from "../tables.ts";

/** A meeting of a forum, as it was entered; cancelled ones stay. */
export interface Meeting {
  readonly id: number;
  readonly forum: string;
  readonly startsAt: Temporal.Instant;
  readonly papersDueAt: Temporal.Instant;
  readonly place: string;
  readonly enteredAt: Temporal.Instant;
  readonly cancelledAt: Temporal.Instant | null;
  readonly cancelledBy: string | null;
  readonly cancelledWhy: string | null;
}

export interface MeetingFilter {
  /** The forums whose meetings are seen; null is all. */
  readonly forums: readonly string[] | null;
  readonly forum?: string | undefined;
  /** Meetings that begin at or after, and before. */
  readonly from?: Temporal.Instant | undefined;
  readonly until?: Temporal.Instant | undefined;
  readonly cancelled?: boolean | undefined;
}

const columns = sql`m.id, m.forum, m.starts_at as "startsAt", m.papers_due_at as "papersDueAt", m.place, m.at as "enteredAt",
  m.cancelled_at as "cancelledAt", m.cancelled_by as "cancelledBy", m.cancelled_why as "cancelledWhy"`;

/** Meetings in order of their beginning, or the latest first; a part of them, and how many there are. */
export async function listMeetings(
  db: Kysely<Database>,
  filter: MeetingFilter,
  { skip, limit, latestFirst = false }: { skip: number; limit: number; latestFirst?: boolean },
): Promise<{ meetings: Meeting[]; total: number }> {
  const { forums, forum, from, until, cancelled } = filter;
  const conditions = [
    sql`true`,
    ...(forums === null ? [] : [sql`m.forum = any(${[...forums]}::text[])`]),
    ...(forum === undefined ? [] : [sql`m.forum = ${forum}`]),
    ...(from === undefined ? [] : [sql`m.starts_at >= ${moment(from)}`]),
    ...(until === undefined ? [] : [sql`m.starts_at < ${moment(until)}`]),
    ...(cancelled === undefined ? [] : [cancelled ? sql`m.cancelled_at is not null` : sql`m.cancelled_at is null`]),
  ];
  const order = latestFirst ? sql`m.starts_at desc, m.id desc` : sql`m.starts_at, m.id`;
  const { rows } = await sql<Meeting & { total: number }>`
    select ${columns}, count(*) over () as total from meeting m where ${sql.join(conditions, sql` and `)}
    order by ${order} offset ${skip} limit ${limit}`.execute(db);
  return { meetings: rows.map(({ total: _total, ...meeting }) => meeting), total: rows[0]?.total ?? 0 };
}

/** A meeting with the one before it of its forum, since whose papers its agenda counts. */
export interface MeetingInTurn extends Meeting {
  readonly before: {
    readonly id: number;
    readonly startsAt: Temporal.Instant;
    readonly papersDueAt: Temporal.Instant;
  } | null;
}

/** One meeting, in its turn; null where there is none. */
export async function findMeeting(db: Kysely<Database>, id: number): Promise<MeetingInTurn | null> {
  const { rows } = await sql<
    Meeting & {
      beforeId: number | null;
      beforeStartsAt: Temporal.Instant | null;
      beforePapersDueAt: Temporal.Instant | null;
    }
  >`select ${columns}, b.id as "beforeId", b.starts_at as "beforeStartsAt", b.papers_due_at as "beforePapersDueAt"
    from meeting m left join lateral (select id, starts_at, papers_due_at from meeting x
      where x.forum = m.forum and x.starts_at < m.starts_at and x.cancelled_at is null
      order by x.starts_at desc limit 1) b on true
    where m.id = ${id}`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  const { beforeId, beforeStartsAt, beforePapersDueAt, ...meeting } = row;
  if (beforeId === null || beforeStartsAt === null || beforePapersDueAt === null) return { ...meeting, before: null };
  return { ...meeting, before: { id: beforeId, startsAt: beforeStartsAt, papersDueAt: beforePapersDueAt } };
}
