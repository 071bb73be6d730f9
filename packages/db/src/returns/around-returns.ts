import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import type { ReturnKey } from "./list-returns.ts";

/** One person who was chased for a return, or is about to be. */
export interface ReturnChaser {
  readonly reason: string;
  /** Null while it waits for its time: who is told is known when it is. */
  readonly recipient: string | null;
  readonly status: string;
  readonly at: Temporal.Instant;
}

/** Who was chased for a return, when and why, oldest first. */
export async function chasersOf(db: Kysely<Database>, key: ReturnKey): Promise<ReturnChaser[]> {
  const { rows } = await sql<ReturnChaser>`
    select t.reason, n.recipient, coalesce(n.status, t.state) as status, coalesce(n.sent_at, n.made_at, t.tell_at) as at
    from telling t left join notice n on n.telling = t.id
    where t.kind = 'submission-missing' and t.organisation = ${key.organisation} and t.period = ${key.period}
      and t.detail ->> 'frequency' = ${key.frequency} and (t.detail ->> 'dueWorkingDay')::int = ${key.dueWorkingDay}
      and t.state <> 'dropped'
    order by t.id, n.recipient`.execute(db);
  return rows;
}

/** The boards that any metric belongs to, by code and name, in order of name. */
export async function areasOfMetrics(
  db: Kysely<Database>,
): Promise<{ readonly code: string; readonly name: string }[]> {
  return db
    .selectFrom("forum")
    .where("until", "is", null)
    .where("code", "in", (metrics) => metrics.selectFrom("metric").where("until", "is", null).select("area"))
    .select(["code", "name"])
    .orderBy("name")
    .execute();
}

/** Who carries on for an organisation, by code, with the month from which on. */
export async function successorsOf(
  db: Kysely<Database>,
  organisation: string,
): Promise<readonly { readonly successor: string; readonly from: number }[]> {
  return db
    .selectFrom("successor")
    .where("until", "is", null)
    .where("organisation", "=", organisation)
    .select(["successor", "from_period as from"])
    .orderBy("from_period")
    .orderBy("successor")
    .execute();
}
