import { type Kysely, sql } from "kysely";

/** By which template a submission was read; "canonical" for our own columns, null where it was read before this was kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table submission add column template_found text`.execute(db);
}

/** Forgets which template was found. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table submission drop column template_found`.execute(db);
}
