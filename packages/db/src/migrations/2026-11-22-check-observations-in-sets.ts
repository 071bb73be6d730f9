import { type Kysely, sql } from "kysely";

/**
 * Observations come a million at a time, and a foreign key looks each of them up by itself: three quarters of the time that
 * writing them takes. These triggers forbid the same, looking once a statement.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Puts the foreign keys back. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop function observation_names_what_is_there, series_is_observed, submission_is_observed cascade`.execute(
    db,
  );
  await sql`drop index series_state_waited_for, series_state_due_by, series_state_due_since`.execute(db);
  await sql`alter table series_state reset (toast_tuple_target)`.execute(db);
  await sql`alter table series_decision reset (toast_tuple_target)`.execute(db);
  await sql`create index observation_submission on observation (submission)`.execute(db);
  await sql`alter table observation
    add constraint observation_series_fkey foreign key (series) references series,
    add constraint observation_submission_fkey foreign key (submission) references submission`.execute(db);
}

const refusal = (what: string) =>
  `raise exception '${what}' using errcode = 'foreign_key_violation', table = 'observation'`;

const statements: readonly string[] = [
  `alter table observation drop constraint observation_series_fkey, drop constraint observation_submission_fkey`,
  // Nothing asks for the observations of a submission; the trigger below does, for a deletion that should not be.
  `drop index observation_submission`,
  `create function observation_names_what_is_there() returns trigger language plpgsql as $$ begin
    if exists (select from (select distinct series from added) a left join series s on s.id = a.series where s.id is null)
      or exists (select from (select distinct submission from added) a left join submission s on s.id = a.submission
        where s.id is null)
    then ${refusal("an observation names a series or a submission that is not there")}; end if;
    return null;
  end $$`,
  `create trigger observation_added after insert on observation referencing new table as added
    for each statement execute function observation_names_what_is_there()`,
  `create trigger observation_changed after update on observation referencing new table as added
    for each statement execute function observation_names_what_is_there()`,
  `create function series_is_observed() returns trigger language plpgsql as $$ begin
    if exists (select from gone g join observation o on o.series = g.id)
    then ${refusal("a series that has observations cannot be deleted")}; end if;
    return null;
  end $$`,
  `create trigger series_deleted after delete on series referencing old table as gone
    for each statement execute function series_is_observed()`,
  `create function submission_is_observed() returns trigger language plpgsql as $$ begin
    if exists (select from gone g join observation o on o.submission = g.id)
    then ${refusal("a submission that has observations cannot be deleted")}; end if;
    return null;
  end $$`,
  `create trigger submission_deleted after delete on submission referencing old table as gone
    for each statement execute function submission_is_observed()`,
  // Which series another waits for: those below it that are still due.
  `create index series_state_waited_for on series_state (parent) where due and failed_at is null and parent is not null`,
  // A series is one row, read and written whole: five years of figures stay in the page and are not packed away at 2 kB.
  `alter table series_state set (toast_tuple_target = 8160)`,
  `alter table series_decision set (toast_tuple_target = 8160)`,
  // Since when, and since which submission, anything is due: mail waits for it, and asks again and again.
  `create index series_state_due_by on series_state ((due_by[1])) where due and failed_at is null`,
  `create index series_state_due_since on series_state (due_since) where due and failed_at is null`,
];
