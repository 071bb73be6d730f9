import { type Kysely, sql } from "kysely";

/** How often a plan's draft was saved, by whom last and when: so that of two people who write at once neither loses a word. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table action_plan add column edition int not null default 0, add column drafted_by text,
    add column drafted_at timestamptz`.execute(db);
}

/** Forgets who saved a draft. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table action_plan drop column edition, drop column drafted_by, drop column drafted_at`.execute(db);
}
