import { type Kysely, sql } from "kysely";

/** Whose each session is, from where, and when it was last used; the audit trail is looked through by who did what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Signs everybody out. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index audit_actor, audit_action, audit_subject`.execute(db);
  await sql`delete from session`.execute(db);
  await sql`drop index session_expires_at`.execute(db);
  await sql`alter table session drop column number, drop column person, drop column made_at, drop column last_seen_at,
    drop column place, drop column ended_at`.execute(db);
}

const statements: readonly string[] = [
  // Of sessions from before nobody knows whose they are: they could not be ended.
  `delete from session`,
  // number: what a page calls a session, for its hash is nobody's to see. person: an e-mail address in small letters, or
  // "operator" of this machine; none for somebody who has not signed in. place: a browser and a system, in words. ended_at:
  // an ended session stays until it would have expired, so that a request under way cannot bring it back.
  `alter table session add column number bigint generated always as identity unique,
    add column person text check (person = lower(person)),
    add column made_at timestamptz not null,
    add column last_seen_at timestamptz not null,
    add column place text,
    add column ended_at timestamptz`,
  `create index session_person on session (person, last_seen_at) where person is not null and ended_at is null`,
  `create index session_expires_at on session (expires_at)`,
  `create index session_last_seen_at on session (last_seen_at)`,
  `create index audit_actor on audit (actor, id)`,
  `create index audit_action on audit (action, id)`,
  `create index audit_subject on audit (subject, id)`,
];
