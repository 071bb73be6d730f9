import { type Kysely, sql } from "kysely";

/** Signatures refused for now; and what a dispute held back, so that it can be let go. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Forgets who refused to sign, and what disputes held back. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index dispute_once`.execute(db);
  await sql`drop index dispute_series`.execute(db);
  await sql`alter table dispute drop column shown_before, drop column ended_note`.execute(db);
  await sql`drop table sign_off_refusal`.execute(db);
}

const statements: readonly string[] = [
  `create table sign_off_refusal (
    id bigint generated always as identity primary key,
    escalation bigint not null references escalation,
    reason text not null check (reason <> ''),
    review_on date not null,
    by text not null,
    at timestamptz not null,
    ended_at timestamptz)`,
  `create index sign_off_refusal_escalation on sign_off_refusal (escalation)`,
  // When the case that is held would have been shown to its forums, null where it was shown before; and the word it ended with.
  `alter table dispute add column shown_before timestamptz, add column ended_note text not null default ''`,
  // A figure is disputed once; a restatement is another figure.
  `create unique index dispute_once on dispute (series, period, submission)`,
  `create index dispute_series on dispute (series)`,
];
