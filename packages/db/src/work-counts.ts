import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

/** How many rows of a table are in each state, for the metrics page; `table` names what is counted. */
export interface StateCount {
  readonly table: "submission" | "notice" | "mail" | "telling" | "request" | "escalation";
  readonly state: string;
  readonly count: number;
}

/** Submissions, notices, mails, tellings, requests and standing cases, by state. */
export async function countByState(db: Kysely<Database>): Promise<StateCount[]> {
  const { rows } = await sql<StateCount>`
    select 'submission' as "table", status as state, count(*) as count from submission group by status
    union all select 'notice', status, count(*) from notice group by status
    union all select 'mail', status, count(*) from mail group by status
    union all select 'telling', state, count(*) from telling group by state
    union all select 'request', stage, count(*) from request group by stage
    union all select 'escalation', tier, count(*) from escalation where standing group by tier`.execute(db);
  return rows;
}
