import { type Kysely, sql } from "kysely";

/** What somebody saw of the home page when, and what a home page looks for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Forgets when people last looked. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table last_looked`.execute(db);
  for (const index of indexes) await sql.raw(`drop index ${index}`).execute(db);
}

const indexes = [
  "escalation_event_moves",
  "escalation_shown",
  "escalation_standing_forum",
  "escalation_standing_area",
  "request_open_recipients",
];

const statements: readonly string[] = [
  // Changes after "since" are new to the person; "looked_at" is when they last saw any. A visit is a session: by the
  // machine's time, as sessions are, while the other two are of the clock.
  `create table last_looked (
    person text primary key check (person = lower(person)),
    visit_began timestamptz not null,
    since timestamptz,
    looked_at timestamptz not null)`,
  `create index escalation_event_moves on escalation_event (at) where replaced_at is null
    and event in ('raised', 'stepped-up', 'stepped-down', 'resolved', 'withdrawn')`,
  `create index escalation_shown on escalation (shown_at)`,
  `create index escalation_standing_forum on escalation (forum) where standing`,
  `create index escalation_standing_area on escalation (area) where standing`,
  `create index request_open_recipients on request using gin (recipients) where ended_at is null`,
];
