import type { Frequency } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import { executivesAbove } from "./executives-above.ts";
import { isKeptReview } from "./steps/kept-review.ts";
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
  readonly frequency: Frequency;
  readonly recipients: readonly string[];
  /** "2026-12-08" */
  readonly dueOn: string;
  readonly quiet: boolean;
  /** The last day on which nobody is chased. */
  readonly pausedUntil: string | null;
  /** The London day on which whoever is asked now was asked. */
  readonly askedOn: string;
  /** How often another day was agreed. */
  readonly moves: number;
  /** What the request said when it was made, else what little its names say. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** The executives of the organisation, or of the nearest one above it then that has any, but for those who were asked. */
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
      r.quiet, r.paused_until as "pausedUntil", coalesce(e.frequency, m.frequency, 'monthly') as frequency,
      coalesce(r.heard_on, (r.asked_at at time zone 'Europe/London')::date)::text as "askedOn",
      (select count(*) from request_date d where d.request = r.id)::int as moves,
      coalesce(own.detail, asked.detail,
        jsonb_build_object('title', coalesce(m.name, 'Figures'), 'organisation', coalesce(o.name, r.organisation)))
        - '{except,forums,says,before}'::text[] as detail,
      ${executivesAbove("r.organisation", "r.period", "r.recipients")} as executives
    from request r
    left join escalation e on e.id = r.escalation
    left join series s on s.id = r.series
    left join metric m on m.code = s.metric and m.until is null
    left join organisation o on o.code = r.organisation and o.until is null
    left join telling own on own.key = 'request:' || r.key
    left join lateral (select detail from telling t
      where t.kind = case r.kind when 'commentary' then 'commentary-request' when 'return' then 'submission-missing'
          else 'action-plan-request' end
        and case when r.escalation is null then t.series = r.series else t.escalation = r.escalation end
      order by t.period = r.period desc nulls last, t.id desc limit 1) asked on own.id is null
    where r.next_at <= ${now.toString()} and r.ended_at is null and r.stage not in ('answered', 'withdrawn')
      and not ${isKeptReview}
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
