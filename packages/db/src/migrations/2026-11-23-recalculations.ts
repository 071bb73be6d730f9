import { type Kysely, sql } from "kysely";

/** Periods at which somebody had a series' control limits worked out anew, with the reason; taken back with a reason too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table recalculation (
    id bigint generated always as identity primary key,
    metric text not null,
    organisation text not null,
    period int not null,
    reason text not null check (reason <> ''),
    made_by text not null,
    made_at timestamptz not null,
    removed_at timestamptz,
    removed_by text,
    removed_reason text check (removed_reason <> ''),
    constraint recalculation_removal_whole check (num_nulls(removed_at, removed_by, removed_reason) in (0, 3)))`.execute(
    db,
  );
  // One stands for a period; what was removed stays beside it.
  await sql`create unique index recalculation_standing on recalculation (metric, organisation, period)
    where removed_at is null`.execute(db);
  await sql`create index recalculation_series on recalculation (metric, organisation)`.execute(db);
}

/** Forgets them: limits are worked out from the last change of definition again. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table recalculation`.execute(db);
}
