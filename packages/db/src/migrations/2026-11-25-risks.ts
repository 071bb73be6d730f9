import { type Kysely, sql } from "kysely";

/** Who ended a row of a register and why; one risk a case at a time; registers that somebody looks at before they count. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Takes it back; risks and links stay. */
export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of undone) await sql.raw(statement).execute(db);
}

const statements: readonly string[] = [
  // closed_because: of a risk that was closed; null for a row that another one took the place of.
  `alter table risk add column ended_by text, add column closed_because text check (closed_because <> '')`,
  `create index risk_history on risk (organisation, lower(reference), id)`,
  `alter table risk_case add column ended_by text`,
  `create unique index risk_case_in_force on risk_case (escalation) where ended_at is null`,
  `create index risk_case_of_risk on risk_case (organisation, lower(reference)) where ended_at is null`,
  `create index escalation_before_slt on escalation (id) where standing and tier = 'slt'`,
  `create table risk_draft (
    id bigint generated always as identity primary key,
    made_by text not null,
    csv bytea not null,
    made_at timestamptz not null,
    expires_at timestamptz not null)`,
  `create index risk_draft_made_by on risk_draft (made_by)`,
];

const undone: readonly string[] = [
  `drop table risk_draft`,
  `drop index escalation_before_slt, risk_case_of_risk, risk_case_in_force, risk_history`,
  `alter table risk_case drop column ended_by`,
  `alter table risk drop column closed_because, drop column ended_by`,
];
