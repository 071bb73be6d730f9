import { type Kysely, sql } from "kysely";

/** Links that sign a person of the catalogue in, and files that somebody looks at before they count. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Forgets drafts and to whom links were mailed. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table upload_draft`.execute(db);
  await sql`delete from sign_in_link where person is not null`.execute(db);
  await sql`alter table sign_in_link drop column person`.execute(db);
}

const statements: readonly string[] = [
  // An e-mail address in small letters; none for the operator's link that `npm start` prints.
  `alter table sign_in_link add column person text check (person = lower(person))`,
  `create index sign_in_link_person on sign_in_link (person, made_at) where person is not null`,
  `create table upload_draft (
    id bigint generated always as identity primary key,
    made_by text not null,
    organisation text not null,
    filename text,
    media_type text not null,
    template text,
    bytes bytea not null check (length(bytes) <= 50000000),
    typed jsonb,
    made_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > made_at))`,
  `create index upload_draft_expires_at on upload_draft (expires_at)`,
];
