import { type Kysely, sql } from "kysely";

/** Catalogues that somebody looks at before they are loaded: the files as they came, and what was found of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Forgets what was not loaded. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table catalogue_draft_file`.execute(db);
  await sql`drop table catalogue_draft`.execute(db);
}

const statements: readonly string[] = [
  // version: the catalogue that it was compared with, 0 for none; outcome: what the check found, as its page shows it.
  `create table catalogue_draft (
    id bigint generated always as identity primary key,
    made_by text not null,
    version int not null,
    outcome jsonb not null,
    made_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > made_at))`,
  `create index catalogue_draft_expires_at on catalogue_draft (expires_at)`,
  `create table catalogue_draft_file (
    draft bigint not null references catalogue_draft on delete cascade,
    name text not null,
    bytes bytea not null check (length(bytes) <= 300000000),
    primary key (draft, name))`,
];
