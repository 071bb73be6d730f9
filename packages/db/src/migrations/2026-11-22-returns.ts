import { type Kysely, sql } from "kysely";

/** Returns that are chased until they come, and submissions that an executive signs off before leaders hear of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Forgets who was chased and what was signed off. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table chased_return`.execute(db);
  await sql`alter table calendar_passed drop column near`.execute(db);
  await sql`alter table submission drop column sign_off_asked_at, drop column unsigned_from,
    drop column signed_off_at, drop column signed_off_by`.execute(db);
}

const statements: readonly string[] = [
  // told: the last level that was (0 before the day, 1 after it, then up the tree); next_at: null where it came or nobody is left.
  `create table chased_return (
    organisation text not null,
    frequency text not null check (frequency in ('monthly', 'quarterly')),
    due_working_day int not null,
    period int not null,
    told int check (told >= 0),
    next_at timestamptz,
    primary key (organisation, frequency, due_working_day, period))`,
  `create index chased_return_next on chased_return (next_at) where next_at is not null`,
  // near: the last period whose submitters were due to hear that its day is near.
  `alter table calendar_passed add column near int`,
  // unsigned_from: from when it is released without a signature, so that silence hides nothing.
  `alter table submission add column sign_off_asked_at timestamptz, add column unsigned_from timestamptz,
    add column signed_off_at timestamptz, add column signed_off_by text,
    add constraint submission_signed_off_by_somebody check ((signed_off_at is null) = (signed_off_by is null)),
    add constraint submission_sign_off_ends check ((sign_off_asked_at is null) = (unsigned_from is null))`,
  `create index submission_unsigned on submission (unsigned_from)
    where unsigned_from is not null and signed_off_at is null and released_at is null and withdrawn_at is null`,
];
