import { type Kysely, sql } from "kysely";

/** What the auditor found, one row a look and one a thing found; and in whose place somebody was told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Forgets what the auditor found, and in whose place people were told. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table audit_finding, audit_check`.execute(db);
  await sql`alter table notice drop column in_place_of`.execute(db);
}

const statements: readonly string[] = [
  // [{ person, name, why: away | bouncing | left, until }]; empty for who is told for themselves.
  `alter table notice add column in_place_of jsonb not null default '[]'`,
  // checked_at is the machine's time; judged_at the clock's, null before a test clock was ever put.
  `create table audit_check (
    id bigint generated always as identity primary key,
    checked_at timestamptz not null,
    judged_at timestamptz,
    period_seconds int not null,
    problems jsonb not null default '{}')`,
  `create index audit_check_at on audit_check (checked_at)`,
  `create table audit_finding (
    id bigint generated always as identity primary key,
    audit_check bigint not null references audit_check on delete cascade,
    name text not null,
    what text not null,
    place text,
    since timestamptz)`,
  `create index audit_finding_of on audit_finding (audit_check)`,
];
