import { type Kysely, sql } from "kysely";
import { at as atInstant } from "./instants.ts";
import type { Database } from "./tables.ts";

/** What somebody did; `actor` is an e-mail address, "key NAME", "operator" or the program, `subject` such as "submission 7". */
export interface AuditEntry {
  readonly at: Temporal.Instant;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * Appends to the audit trail; call it in the transaction of the act itself. Where the actor is somebody's deputy that day,
 * the entry says whose, whatever was done.
 */
export async function recordAudit(db: Kysely<Database>, entry: AuditEntry): Promise<void> {
  const { actor, action, subject, detail = {} } = entry;
  const at = entry.at.toString();
  await sql`insert into audit (at, actor, action, subject, detail)
    select ${at}::timestamptz, ${actor}::text, ${action}::text, ${subject}::text,
      ${JSON.stringify(detail)}::jsonb || case when away.people is null then '{}' else jsonb_build_object('standingInFor', away.people) end
    from (select string_agg(distinct lower(d.person), ', ') as people from deputy d
      where lower(d.deputy) = lower(${actor}::text)
        and (d.ended_at is null or d.ended_at > ${at}::timestamptz)
        and (${at}::timestamptz at time zone 'Europe/London')::date between d.from_day and d.to_day) away`.execute(db);
}

/** An entry of the trail as it was kept; a later one has a higher id. */
export interface KeptAuditEntry extends Required<AuditEntry> {
  readonly id: number;
}

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  /** "submission 7", or "submission" for all of them. */
  readonly subject?: string | undefined;
  /** From this moment on, and before that one. */
  readonly from?: Temporal.Instant | undefined;
  readonly until?: Temporal.Instant | undefined;
}

/** At most `limit` entries of the trail before an id (null for the newest), newest first. */
export async function listAudit(
  db: Kysely<Database>,
  { actor, action, subject, from, until }: AuditFilter,
  { before, limit }: { before: number | null; limit: number },
): Promise<KeptAuditEntry[]> {
  let query = db.selectFrom("audit").selectAll();
  if (before !== null) query = query.where("id", "<", before);
  if (actor !== undefined) query = query.where("actor", "=", actor);
  if (action !== undefined) query = query.where("action", "=", action);
  if (subject !== undefined) {
    query = query.where(sql<boolean>`(subject = ${subject} or starts_with(subject, ${`${subject} `}))`);
  }
  if (from !== undefined) query = query.where("at", ">=", atInstant(from));
  if (until !== undefined) query = query.where("at", "<", atInstant(until));
  const rows = await query.orderBy("id", "desc").limit(limit).execute();
  return rows.map(({ detail, ...row }) => ({ ...row, detail: detail as KeptAuditEntry["detail"] }));
}
