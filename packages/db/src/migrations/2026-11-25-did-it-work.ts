import { type Kysely, sql } from "kysely";

/** Whether a plan's figure moved once its actions were delivered: when that is looked at, and what was found. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Forgets what was found. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table effect_check`.execute(db);
}

const statements: readonly string[] = [
  // judged_in: the period after which it is asked; next_at: when that period's figures are owed, null once it was judged.
  // figures: of which decision of the series it was judged, so that restated figures are looked at again.
  `create table effect_check (
    id bigint generated always as identity primary key,
    plan bigint not null,
    revision int not null,
    escalation bigint not null references escalation,
    series int not null references series,
    delivered_on date not null,
    judged_in int not null,
    next_at timestamptz,
    outcome text check (outcome in ('moved', 'not-moved')),
    said text not null default '',
    figures text,
    judged_at timestamptz,
    ended_at timestamptz,
    made_at timestamptz not null,
    foreign key (plan, revision) references action_plan_revision)`,
  `create unique index effect_check_in_force on effect_check (plan, revision, escalation) where ended_at is null`,
  `create index effect_check_escalation on effect_check (escalation)`,
  `create index effect_check_next on effect_check (next_at) where next_at is not null`,
];
