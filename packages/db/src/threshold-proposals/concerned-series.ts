import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import type { ProposedLimit } from "./proposals.ts";

/** Whose limits some rows are. */
type Scope = Pick<ProposedLimit, "metric" | "organisation" | "level">;

/** The series that limits of these scopes may rate, by id. */
export async function concernedSeries(db: Kysely<Database>, scopes: readonly Scope[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select distinct s.id
    from jsonb_to_recordset(${JSON.stringify(scopes)}::jsonb) as r(metric text, organisation text, level text)
    join series s on s.metric = r.metric and (r.organisation is null or s.organisation = r.organisation)
    join organisation o on o.code = s.organisation and o.until is null and (r.level is null or o.kind = r.level)
    order by s.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** The rows of drafts in force that a proposal has made, by id: approving it takes them out of force. */
export async function draftsOfProposal(db: Kysely<Database>, proposal: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select id from threshold
    where until is null and status = 'draft' and proposal = ${proposal}`.execute(db);
  return rows.map(({ id }) => id);
}
