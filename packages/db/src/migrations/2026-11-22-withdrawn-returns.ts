import { type Kysely, sql } from "kysely";

/** Returns that are chased anew, from the submitter up, when what had come of them was withdrawn. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // round: how often it was begun anew; a level that was told in one round is told again in the next.
  await sql`alter table chased_return add column round int not null default 0 check (round >= 0)`.execute(db);
}

/** Forgets how often. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table chased_return drop column round`.execute(db);
}
