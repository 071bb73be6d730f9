import { type Kysely, sql } from "kysely";

/** A link may also answer what no case asks; commentary that its forum opened again after the papers were due. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Forgets the links that no case asks for, and what was opened again. */
export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of undone) await sql.raw(statement).execute(db);
}

const statements: readonly string[] = [
  `alter table answer_link alter column escalation drop not null`,
  `create index answer_link_escalation on answer_link (escalation)`,
  // One choice holds a case; the last one that has not ended.
  `create unique index case_choice_in_force on case_choice (escalation) where ended_at is null`,
  `create table commentary_opened (
    id bigint generated always as identity primary key,
    series int not null references series,
    period int not null,
    reason text not null check (reason <> ''),
    by text not null,
    at timestamptz not null,
    until timestamptz not null)`,
  `create index commentary_opened_of on commentary_opened (series, period)`,
];

const undone: readonly string[] = [
  `drop table commentary_opened`,
  `drop index case_choice_in_force`,
  `drop index answer_link_escalation`,
  `delete from answer_link where escalation is null`,
  `alter table answer_link alter column escalation set not null`,
];
