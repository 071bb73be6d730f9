import { type Kysely, sql } from "kysely";

/** Which requests ended with their case, so that a case that stands again after a correction asks for them again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table request add column ended_with_case boolean not null default false`.execute(db);
}

/** Forgets it. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table request drop column ended_with_case`.execute(db);
}
