import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

export const FAILING_WORK = ["submission", "series", "organisation", "mail", "source"] as const;
export type FailingWork = (typeof FAILING_WORK)[number];

/** Work that the program gave up, or mail that waits for the operator; it stays until somebody retries or dismisses it. */
export interface FailedWork {
  readonly work: FailingWork;
  /** A number, or an organisation's code. */
  readonly id: string;
  readonly what: string;
  readonly why: string;
  readonly since: Temporal.Instant;
  /** Of mail: "held" waits for its release, "unknown" may have been sent. */
  readonly state: "failed" | "held" | "unknown";
}

/** Work that waits to be done by itself, by kind. */
export interface WaitingWork {
  readonly work: "submission" | "series" | "organisation" | "telling" | "notice" | "mail" | "source";
  readonly count: number;
  readonly oldest: Temporal.Instant | null;
}

/** A request whose day has passed without an answer. */
export interface OverdueRequest {
  readonly id: number;
  readonly kind: "action-plan" | "commentary" | "return";
  readonly organisation: string;
  readonly metric: string | null;
  readonly escalation: number | null;
  readonly dueOn: string;
  readonly recipients: readonly string[];
}

const failed = sql`
  select 'submission' as work, id::text, coalesce(filename, 'a file') || ' of ' || organisation as what, coalesce(failure, '') as why,
    failed_at as since, 'failed' as state from submission where failed_at is not null and dismissed_at is null
  union all
  select 'series', s.id::text, s.metric || ' of ' || s.organisation, coalesce(t.failure, ''), t.failed_at, 'failed'
    from series_state t join series s on s.id = t.series where t.failed_at is not null
  union all
  select 'organisation', organisation, 'reporting and areas of ' || organisation, coalesce(failure, ''), failed_at, 'failed'
    from organisation_due where failed_at is not null
  union all
  select 'mail', id::text, subject || ' to ' || recipient, coalesce(failure, ''), coalesce(attempted_at, made_at), status
    from mail where status in ('failed', 'held', 'unknown') and dismissed_at is null
  union all
  select 'source', p.id::text,
    'source ' || p.source || ', ' || to_char(make_date(p.period / 12, p.period % 12 + 1, 1), 'YYYY-MM') || ', at ' || p.address,
    case when s.status = 'rejected' then 'what came is submission ' || s.id || ', and was rejected' else coalesce(p.last_error, '') end,
    case when s.status = 'rejected' then coalesce(s.read_at, p.came_at) else p.failed_at end, 'failed'
    from source_period p left join submission s on s.id = p.submission
    where p.next_at is not null and (p.failed_at is not null or s.status = 'rejected')`;

/** What failed, oldest first: at most `limit` (null for all) from a place on, and how many there are. */
export async function listFailedWork(
  db: Kysely<Database>,
  limit: number | null,
  offset = 0,
): Promise<{ items: FailedWork[]; total: number }> {
  const { rows } = await sql<FailedWork & { total: number }>`
    select f.*, count(*) over () as total from (${failed}) f order by since, work, id limit ${limit} offset ${offset}`.execute(
    db,
  );
  return {
    items: rows.map(({ total: _total, ...item }) => item),
    total: rows[0]?.total ?? 0,
  };
}

/** What waits to be done, by kind, with the moment from which the oldest waits; what failed is not counted. */
export async function countWaitingWork(db: Kysely<Database>, now: Temporal.Instant): Promise<WaitingWork[]> {
  const { rows } = await sql<WaitingWork>`
    select 'submission' as work, count(*) as count, min(received_at) as oldest
      from submission where status in ('received', 'reading') and failed_at is null
    union all
    select 'series', count(*), min(due_since) from series_state where due and failed_at is null
    union all
    select 'organisation', count(*), min(due_since) from organisation_due where failed_at is null
    union all
    select 'telling', count(*), min(tell_at) from telling where state = 'waiting' and tell_at <= ${now.toString()}
    union all
    select 'notice', count(*), min(made_at) from notice where status = 'pending' and mail is null
    union all
    select 'mail', count(*), min(made_at) from mail where status in ('sending', 'deferred')
    union all
    select 'source', count(*), min(next_at) from source_period where next_at <= ${now.toString()}`.execute(db);
  return rows;
}

/** What people were asked for and did not answer by its day, longest overdue first. */
export async function listOverdue(db: Kysely<Database>, today: string, limit: number): Promise<OverdueRequest[]> {
  return (await overduePage(db, today, { limit })).items;
}

/** The same from a place on (all of them where `limit` is null), and how many there are. */
export async function overduePage(
  db: Kysely<Database>,
  today: string,
  { limit, offset = 0 }: { limit: number | null; offset?: number },
): Promise<{ items: OverdueRequest[]; total: number }> {
  const { rows } = await sql<OverdueRequest & { total: number }>`
    select count(*) over () as total, r.id, r.kind, r.organisation, s.metric, r.escalation, r.due_on as "dueOn", r.recipients
    from request r left join series s on s.id = r.series
    where r.ended_at is null and r.stage not in ('answered', 'withdrawn') and r.due_on < ${today}
    order by r.due_on, r.id limit ${limit} offset ${offset}`.execute(db);
  return { items: rows.map(({ total: _total, ...item }) => item), total: rows[0]?.total ?? 0 };
}
