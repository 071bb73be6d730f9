import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";
import type { AuditProblem, Found } from "./found.ts";

/** One look of the auditor at everything. */
export interface AuditCheck {
  /** By the machine's time. */
  readonly checkedAt: Temporal.Instant;
  /** By the clock; null before a test clock was ever put. */
  readonly judgedAt: Temporal.Instant | null;
  /** How long after it the next one is due. */
  readonly periodSeconds: number;
  /** How many of each problem there are; none that is not there. */
  readonly problems: Readonly<Partial<Record<AuditProblem, number>>>;
}

export interface Finding extends Found {
  readonly name: AuditProblem;
}

/** Keeps one look and what it found. */
export async function keepAuditCheck(
  trx: Transaction<Database>,
  { checkedAt, judgedAt, periodSeconds }: Omit<AuditCheck, "problems">,
  found: readonly Finding[],
): Promise<void> {
  const problems = Object.fromEntries(
    [...Map.groupBy(found, ({ name }) => name)].map(([name, all]) => [name, all.length]),
  );
  const { id } = await trx
    .insertInto("audit_check")
    .values({
      checked_at: checkedAt.toString(),
      judged_at: judgedAt?.toString() ?? null,
      period_seconds: periodSeconds,
      problems: JSON.stringify(problems),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (found.length === 0) return;
  await sql`insert into audit_finding (audit_check, name, what, place, since)
    select ${id}, * from unnest(${found.map(({ name }) => name)}::text[], ${found.map(({ what }) => what)}::text[],
      ${found.map(({ place }) => place)}::text[], ${found.map(({ since }) => since?.toString() ?? null)}::timestamptz[])`.execute(
    trx,
  );
}

/** The last look; null where the auditor has never looked. */
export async function lastAuditCheck(db: Kysely<Database>): Promise<AuditCheck | null> {
  const row = await db
    .selectFrom("audit_check")
    .select(["checked_at", "judged_at", "period_seconds", "problems"])
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { checked_at: checkedAt, judged_at: judgedAt, period_seconds: periodSeconds, problems } = row;
  return { checkedAt, judgedAt, periodSeconds, problems: problems as AuditCheck["problems"] };
}

/** What the last look found: at most `limit` (null for all), by problem and then the oldest first. */
export async function lastFindings(db: Kysely<Database>, limit: number | null): Promise<Finding[]> {
  const { rows } = await sql<Finding>`select name, what, place, since from audit_finding
    where audit_check = (select max(id) from audit_check) order by name, since nulls first, id limit ${limit}`.execute(
    db,
  );
  return rows;
}
