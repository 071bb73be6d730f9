import { type Kysely, sql } from "kysely";

/** Acknowledgements are kept, each with its end: a table in place of three columns of the case. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Keeps of each case the acknowledgement in force; those that have ended are forgotten. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table escalation add column acknowledged_at timestamptz, add column acknowledged_by text,
    add column acknowledgement text`.execute(db);
  await sql`update escalation e set acknowledged_at = a.at, acknowledged_by = a.by, acknowledgement = a.note
    from acknowledgement a where a.escalation = e.id and a.ended_at is null`.execute(db);
  await sql`drop table acknowledgement`.execute(db);
}

const statements: readonly string[] = [
  // expires_on: the last day on which something may follow; null for one that never runs out.
  // next_at: when it is looked at whether something did; null where nobody looks (any more).
  `create table acknowledgement (
    id bigint generated always as identity primary key,
    escalation bigint not null references escalation,
    at timestamptz not null,
    by text not null,
    note text not null,
    expires_on date,
    next_at timestamptz,
    ended_at timestamptz,
    ended_why text check (ended_why in ('ran-out', 'replaced')),
    constraint acknowledgement_ends_for_a_reason check ((ended_at is null) = (ended_why is null)),
    constraint acknowledgement_ended_is_not_looked_at check (ended_at is null or next_at is null),
    constraint acknowledgement_looked_at_once_it_expires check (next_at is null or expires_on is not null))`,
  `create unique index acknowledgement_in_force on acknowledgement (escalation) where ended_at is null`,
  `create index acknowledgement_escalation on acknowledgement (escalation)`,
  `create index acknowledgement_next on acknowledgement (next_at) where next_at is not null`,
  `insert into acknowledgement (escalation, at, by, note)
    select id, acknowledged_at, coalesce(acknowledged_by, ''), coalesce(acknowledgement, '')
    from escalation where acknowledged_at is not null order by acknowledged_at, id`,
  `alter table escalation drop column acknowledged_at, drop column acknowledged_by, drop column acknowledgement`,
];
