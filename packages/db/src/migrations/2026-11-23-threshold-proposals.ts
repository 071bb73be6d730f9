import { type Kysely, sql } from "kysely";

/**
 * Limits that are proposed on the web: a set goes to its board's chair, who approves it under one minute's reference or
 * sends it back. Each revision keeps its rows, each act its line; and a limit made here is kept when a folder lacks it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Forgets what was proposed; limits that were made on the web stay, as if a folder had brought them. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table threshold drop column proposal, drop column kept_by_web`.execute(db);
  await sql`drop table threshold_proposal_act, threshold_proposal_row, threshold_proposal`.execute(db);
}

const statements: readonly string[] = [
  `create table threshold_proposal (
    id int generated always as identity primary key,
    forum text not null,
    title text not null,
    state text not null default 'draft' check (state in ('draft', 'sent', 'approved', 'sent-back', 'withdrawn')),
    revision int not null default 1,
    proposed_by text not null,
    proposed_at timestamptz not null,
    sent_by text,
    sent_at timestamptz,
    decided_by text,
    decided_at timestamptz,
    minute text,
    reason text,
    version int references catalogue_version,
    trial jsonb,
    trial_of text,
    check (state not in ('sent', 'approved', 'sent-back') or sent_by is not null and sent_at is not null),
    check (state <> 'approved' or minute <> '' and decided_by <> sent_by and decided_by <> proposed_by),
    check (state <> 'sent-back' or reason <> ''))`,
  `create index threshold_proposal_forum on threshold_proposal (forum, state)`,
  // replaces: the approved limit that held for the same figures when it began; displaced: the folder's draft in whose place it stands.
  `create table threshold_proposal_row (
    proposal int not null references threshold_proposal,
    revision int not null,
    place int not null,
    metric text not null,
    organisation text,
    level text,
    basis text not null check (basis in ('value', 'variance', 'percent-variance')),
    board float8,
    slt float8,
    from_period int not null,
    to_period int check (to_period >= from_period),
    replaces bigint references threshold,
    displaced bigint references threshold,
    primary key (proposal, revision, place))`,
  `create table threshold_proposal_act (
    id bigint generated always as identity primary key,
    proposal int not null references threshold_proposal,
    revision int not null,
    act text not null check (act in ('proposed', 'changed', 'sent', 'approved', 'sent-back', 'withdrawn')),
    at timestamptz not null,
    actor text not null,
    said text)`,
  `create index threshold_proposal_act_of on threshold_proposal_act (proposal)`,
  `alter table threshold
    add column proposal int references threshold_proposal,
    add column kept_by_web boolean not null default false`,
];
