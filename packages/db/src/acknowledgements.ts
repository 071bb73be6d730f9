import { type Kysely, sql } from "kysely";
import type { AcknowledgementTable, Database } from "./tables.ts";

/** One time that somebody acknowledged a case, and what became of it. */
export interface AcknowledgementRecord {
  readonly at: Temporal.Instant;
  /** Who it was, as the audit trail names them: an address, "key NAME" or "operator". */
  readonly by: string;
  /** The name of whoever has that address in the catalogue, else as `by`. */
  readonly name: string;
  readonly note: string;
  /** "2024-04-18": the last day on which something may follow; null for one that does not run out. */
  readonly expiresOn: string | null;
  readonly endedAt: Temporal.Instant | null;
  readonly endedWhy: AcknowledgementTable["ended_why"];
}

/** All acknowledgements of several cases, by case, oldest first. */
export async function acknowledgementsOf(
  db: Kysely<Database>,
  escalations: readonly number[],
): Promise<ReadonlyMap<number, AcknowledgementRecord[]>> {
  const { rows } = await sql<AcknowledgementRecord & { escalation: number }>`
    select a.escalation, a.at, a.by, a.note, a.expires_on as "expiresOn", a.ended_at as "endedAt",
      a.ended_why as "endedWhy", coalesce((select p.name from person p where lower(p.email) = lower(a.by)
        order by p.until desc nulls first, p.id limit 1), a.by) as name
    from acknowledgement a where a.escalation = any(${escalations}::bigint[]) order by a.id`.execute(db);
  const found = rows.map(({ escalation, ...one }) => ({ escalation, one }));
  return new Map(
    [...Map.groupBy(found, ({ escalation }) => escalation)].map(([id, group]) => [id, group.map(({ one }) => one)]),
  );
}
