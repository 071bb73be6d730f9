import { type Kysely, sql } from "kysely";
import type { Database, SubmissionTable } from "../tables.ts";

/** A submission of which something was refused. */
export interface SubmissionToMend {
  readonly id: number;
  readonly filename: string | null;
  readonly organisation: string;
  readonly receivedAt: Temporal.Instant;
  readonly status: SubmissionTable["status"];
  readonly refused: number;
}

/**
 * Submissions of these organisations that were rejected, or lost rows, after a moment, and after which none came that was
 * whole; latest first. An empty list for those who see all: they have a page for it.
 */
export async function submissionsToMend(
  db: Kysely<Database>,
  { organisations, after, limit }: { organisations: readonly string[]; after: Temporal.Instant; limit: number },
): Promise<SubmissionToMend[]> {
  if (organisations.length === 0) return [];
  const { rows } = await sql<SubmissionToMend>`
    select s.id, s.filename, coalesce(o.name, s.organisation) as organisation, s.received_at as "receivedAt", s.status,
      s.rows_refused as refused
    from submission s left join organisation o on o.code = s.organisation and o.until is null
    where s.organisation = any(${organisations}::text[]) and s.status in ('rejected', 'partly-accepted')
      and s.withdrawn_at is null and s.received_at > ${after.toString()}
      and not exists (select from submission l where l.organisation = s.organisation and l.id > s.id and l.status = 'accepted')
    order by s.id desc limit ${limit}`.execute(db);
  return rows;
}
