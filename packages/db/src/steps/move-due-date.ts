import { chaserAfterMoving, dayOf, type Frequency } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import type { Database, RequestKind } from "../tables.ts";
import { chasingInForce } from "./chasing-in-force.ts";
import { takeBackChasers } from "./take-back-words.ts";

/** A request and the day that was agreed for it. */
export interface NewDay {
  readonly request: number;
  /** "2026-12-08" */
  readonly dueOn: string;
}

interface Agreed {
  readonly reason: string;
  readonly by: string;
  readonly now: Temporal.Instant;
}

/**
 * Agrees another day for an open request: the day that was stays in `request_date`, what was planned for it is taken back, and
 * it is chased anew by the new one. Returns the day that was; null for a request that is not open, or has that day already.
 */
export async function moveDueDate(
  trx: Transaction<Database>,
  request: number,
  { dueOn, ...agreed }: Agreed & { readonly dueOn: string },
): Promise<string | null> {
  const [moved] = await moveDueDates(trx, [{ request, dueOn }], agreed);
  return moved?.was ?? null;
}

/** Agrees other days for open requests, a few statements for all. Returns those that moved, each with the day that was. */
export async function moveDueDates(
  trx: Transaction<Database>,
  days: readonly NewDay[],
  { reason, by, now }: Agreed,
): Promise<(NewDay & { was: string })[]> {
  const { rows } = await sql<OpenRequest>`
    select r.id as request, r.due_on as was, v.due_on as "dueOn", r.kind, r.quiet, r.paused_until as "pausedUntil",
      r.asked_at as "askedAt", coalesce(e.frequency, m.frequency, 'monthly') as frequency
    from unnest(${days.map((one) => one.request)}::bigint[], ${days.map(({ dueOn }) => dueOn)}::date[]) as v (id, due_on)
    join request r on r.id = v.id
    left join escalation e on e.id = r.escalation
    left join series s on s.id = r.series
    left join metric m on m.code = s.metric and m.until is null
    where r.ended_at is null and r.due_on <> v.due_on order by r.id for update of r`.execute(trx);
  if (rows.length === 0) return [];
  const chasing = await chasingInForce(trx);
  const moved = rows.map((row) => ({
    ...row,
    ...chaserAfterMoving({ ...row, askedOn: dayOf(row.askedAt).toString() }, chasing(row.frequency), now),
  }));
  const ids = moved.map((one) => one.request);
  await sql`insert into request_date (request, was, due_on, reason, by, at)
    select id, due_on, new_day, ${reason}, ${by}, ${now.toString()} from request
    join unnest(${ids}::bigint[], ${moved.map(({ dueOn }) => dueOn)}::date[]) as v (request, new_day) on v.request = id
    order by id`.execute(trx);
  await sql`update request r set due_on = v.due_on, stage = v.stage, next_at = v.next_at
    from unnest(${ids}::bigint[], ${moved.map(({ dueOn }) => dueOn)}::date[], ${moved.map(({ stage }) => stage)}::text[],
      ${moved.map(({ nextAt }) => nextAt?.toString() ?? null)}::timestamptz[]) as v (id, due_on, stage, next_at)
    where r.id = v.id`.execute(trx);
  await takeBackChasers(trx, ids);
  // A first letter that has not left names the new day; of one that has, the words stay as they were read.
  await sql`update telling t set detail = t.detail || jsonb_build_object('dueOn', r.due_on) from request r
    where r.id = any(${ids}::bigint[]) and t.key = 'request:' || r.key
      and not exists (select from notice n where n.telling = t.id and n.status <> 'pending')`.execute(trx);
  return moved.map(({ request, was, dueOn }) => ({ request, was, dueOn }));
}

interface OpenRequest extends NewDay {
  readonly was: string;
  readonly kind: RequestKind;
  readonly quiet: boolean;
  readonly pausedUntil: string | null;
  readonly askedAt: Temporal.Instant;
  readonly frequency: Frequency;
}
