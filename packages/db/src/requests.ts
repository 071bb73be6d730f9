import { type Kysely, sql, type Transaction } from "kysely";
import { executivesAbove } from "./executives-above.ts";
import type { Database, RequestStage, RequestTable } from "./tables.ts";

/** A request whose next moment has come, locked. */
export interface DueRequest {
  readonly id: number;
  readonly kind: RequestTable["kind"];
  readonly stage: RequestStage;
  readonly escalation: number | null;
  readonly series: number | null;
  readonly organisation: string;
  readonly period: number;
  readonly recipients: readonly string[];
  /** "2026-12-08" */
  readonly dueOn: string;
  /** What the request said when it was made, else what little its names say. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** The executives of the organisation, or of the nearest one above it then that has any. */
  readonly executives: readonly string[];
}

/**
 * Locks open requests whose next moment has come by `now`, at most `limit`; another's are passed over. One that has ended
 * has no next moment any more.
 */
export async function lockDueRequests(
  trx: Transaction<Database>,
  now: Temporal.Instant,
  limit: number,
): Promise<DueRequest[]> {
  await sql`update request set next_at = null where next_at <= ${now.toString()}
    and (ended_at is not null or stage in ('answered', 'withdrawn'))`.execute(trx);
  const { rows } = await sql<DueRequest>`
    select r.id, r.kind, r.stage, r.escalation, r.series, r.organisation, r.period, r.recipients, r.due_on as "dueOn",
      coalesce(asked.detail, jsonb_build_object('title', coalesce(m.name, 'Figures'), 'organisation', coalesce(o.name, r.organisation)))
        as detail,
      ${executivesAbove("r.organisation", "r.period")} as executives
    from request r
    left join series s on s.id = r.series
    left join metric m on m.code = s.metric and m.until is null
    left join organisation o on o.code = r.organisation and o.until is null
    left join lateral (select detail from telling t
      where t.kind = case r.kind when 'action-plan' then 'action-plan-request' when 'commentary' then 'commentary-request'
          else 'submission-missing' end
        and case when r.escalation is null then t.series = r.series else t.escalation = r.escalation end
      order by t.period = r.period desc nulls last, t.id desc limit 1) asked on true
    where r.next_at <= ${now.toString()} and r.ended_at is null
      and r.stage in ('asked', 'reminded', 'overdue', 'raised-a-level')
    order by r.id limit ${limit} for update of r skip locked`.execute(trx);
  return rows;
}

/** Where a request stands after its moment; `nextAt` null when nobody more is told. */
export interface RequestMove {
  readonly id: number;
  readonly stage: DueRequest["stage"];
  readonly nextAt: Temporal.Instant | null;
}

/** Moves requests on. */
export async function moveRequests(trx: Transaction<Database>, moves: readonly RequestMove[]): Promise<void> {
  await sql`update request r set stage = v.stage, next_at = v.next_at
    from unnest(${moves.map(({ id }) => id)}::bigint[], ${moves.map(({ stage }) => stage)}::text[],
      ${moves.map(({ nextAt }) => nextAt?.toString() ?? null)}::timestamptz[]) as v (id, stage, next_at)
    where r.id = v.id`.execute(trx);
}

/** How the protocol in force chases what was asked for; null where it does not. */
export interface Reminders {
  readonly workingDaysBefore: number;
  readonly workingDaysPerLevel: number;
}

export async function remindersInForce(db: Kysely<Database>): Promise<Reminders | null> {
  const { rows } = await sql<{ reminders: Reminders | null }>`
    select body -> 'reminders' as reminders from protocol where until is null order by id desc limit 1`.execute(db);
  return rows[0]?.reminders ?? null;
}
