import type { ValueChecks } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** What a template asks of values beside their history, by metric; what it says nothing of is asked as the metric says. */
export type TemplateChecks = Readonly<Record<string, Partial<ValueChecks>>>;

/** Keeps with a submission what its template asked: judged again years later, its values are judged by the same. */
export async function keepTemplateChecks(
  db: Kysely<Database>,
  submission: number,
  checks: TemplateChecks,
): Promise<void> {
  await sql`update submission set plausibility = ${JSON.stringify(checks)} where id = ${submission}`.execute(db);
}

/** What templates asked, by submission; submissions whose template asked nothing are left out. */
export async function templateChecksOf(
  db: Kysely<Database>,
  submissions: readonly number[],
): Promise<Map<number, TemplateChecks>> {
  if (submissions.length === 0) return new Map();
  const { rows } = await sql<{ id: number; plausibility: TemplateChecks }>`select id, plausibility from submission
    where plausibility is not null and id = any(${submissions}::bigint[])`.execute(db);
  return new Map(rows.map(({ id, plausibility }) => [id, plausibility]));
}
