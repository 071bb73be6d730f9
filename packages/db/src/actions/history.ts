import type { Aspect, Rating } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import type { LastGiven } from "./read-actions.ts";

/** A rating as it was given, whatever holds now. */
export interface GivenOnce extends LastGiven {
  readonly id: number;
  readonly aspect: Aspect;
  readonly doneOn: string | null;
}

/** A day that was agreed anew. */
export interface DayMoved {
  readonly was: string;
  readonly dueOn: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Temporal.Instant;
}

/** Every rating of an action, the latest first. */
export async function ratingsOf(db: Kysely<Database>, action: number): Promise<GivenOnce[]> {
  const { rows } = await sql<GivenOnce & { rating: Rating }>`
    select id, aspect, rating, reason, explanation, mitigation, done_on as "doneOn", by, at
    from action_rating where action = ${action} order by id desc`.execute(db);
  return rows;
}

/** Every day that was agreed anew for an action, the latest first. */
export async function daysMovedOf(db: Kysely<Database>, action: number): Promise<DayMoved[]> {
  const { rows } = await sql<DayMoved>`
    select d.was, d.due_on as "dueOn", d.reason, d.by, d.at from request_date d join request r on r.id = d.request
    where r.action = ${action} and r.kind = 'action' order by d.id desc`.execute(db);
  return rows;
}
