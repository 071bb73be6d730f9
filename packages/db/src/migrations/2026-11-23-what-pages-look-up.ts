import { type Kysely, sql } from "kysely";

/** What the page of a case looks for: its events, replaced ones too, and the case that came after it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index escalation_event_escalation on escalation_event (escalation)`.execute(db);
  await sql`create index escalation_previous on escalation (previous)`.execute(db);
}

/** Drops the indexes. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index escalation_event_escalation, escalation_previous`.execute(db);
}
