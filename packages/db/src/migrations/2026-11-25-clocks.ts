import { type Kysely, sql } from "kysely";

/**
 * A notice on its way while its decision changes; when whoever is asked last heard of it; through which version of the
 * catalogue it was looked at who is asked; and what finds the cases that stand without a next step.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Forgets all of it. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index escalation_standing, request_review`.execute(db);
  await sql`drop table owners_looked_at`.execute(db);
  await sql`alter table request drop column heard_on`.execute(db);
  await sql`alter table notice drop column overtaken`.execute(db);
}

const statements: readonly string[] = [
  `alter table notice add column overtaken boolean not null default false`,
  `alter table request add column heard_on date`,
  `create index escalation_standing on escalation (id) where standing`,
  `create index request_review on request (next_at) where kind = 'review' and ended_at is null`,
  `create table owners_looked_at (
    only_row boolean primary key default true check (only_row),
    catalogue_version int not null)`,
];
