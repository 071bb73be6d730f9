import { type Kysely, sql } from "kysely";

/** What others publish to compare with: one more file of the catalogue. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table comparator (
    id bigint generated always as identity primary key,
    since int not null references catalogue_version,
    until int references catalogue_version,
    metric text not null,
    name text not null,
    period int not null,
    value float8 not null)`.execute(db);
  await sql`create unique index comparator_in_force on comparator (metric, period) where until is null`.execute(db);
}

/** Takes the table away, with what it holds. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table comparator`.execute(db);
}
