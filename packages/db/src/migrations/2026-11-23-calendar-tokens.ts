import { type Kysely, sql } from "kysely";

/** Personal addresses of calendars: only the hash of each is kept, and one a person is live. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Every calendar that somebody subscribed to falls silent. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table calendar_token`.execute(db);
}

const statements: readonly string[] = [
  // person: an e-mail address in small letters.
  `create table calendar_token (
    id bigint generated always as identity primary key,
    hash text not null unique,
    person text not null check (person = lower(person)),
    made_at timestamptz not null,
    revoked_at timestamptz)`,
  `create unique index calendar_token_live on calendar_token (person) where revoked_at is null`,
];
