import { type Kysely, sql } from "kysely";

/**
 * Where files are fetched from, who carries on for whom, where organisations stood before, whose figures are signed off,
 * and which values of a metric are plausible: more files and columns of the catalogue. And what came of each period's
 * file of a source.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Takes the tables and columns away, with what they hold. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table source, successor, organisation_parent, source_period`.execute(db);
  await sql`alter table submission drop constraint submission_channel_check`.execute(db);
  await sql`update submission set channel = 'api' where channel = 'pull'`.execute(db);
  await sql`alter table submission
    add constraint submission_channel_check check (channel in ('api', 'cli', 'inbox', 'web'))`.execute(db);
  await sql`alter table metric drop column plausible_from, drop column plausible_to, drop column plausible_jump,
    drop column zero_after, drop column implausible`.execute(db);
  await sql`alter table organisation drop column sign_off`.execute(db);
}

const versioned = `
  id bigint generated always as identity primary key,
  since int not null references catalogue_version,
  until int references catalogue_version`;

const statements: readonly string[] = [
  `alter table organisation add column sign_off boolean not null default false`,
  `alter table metric
    add column plausible_from float8,
    add column plausible_to float8,
    add column plausible_jump float8,
    add column zero_after float8,
    add column implausible text not null default 'mark' check (implausible in ('mark', 'keep-out'))`,
  `create table source (${versioned},
    name text not null,
    organisation text not null,
    template text,
    url text not null check (url like 'https://%'),
    working_day int not null)`,
  `create unique index source_in_force on source (name) where until is null`,
  `create table successor (${versioned},
    organisation text not null,
    successor text not null check (successor <> organisation),
    from_period int not null)`,
  `create unique index successor_in_force on successor (organisation, successor) where until is null`,
  `create table organisation_parent (${versioned},
    organisation text not null,
    parent text not null check (parent <> organisation),
    from_period int,
    to_period int not null check (to_period >= from_period))`,
  `create unique index organisation_parent_in_force on organisation_parent (organisation, to_period) where until is null`,
  // One row a period of a source, from the day on which its file is first asked for.
  `create table source_period (
    id int generated always as identity primary key,
    source text not null,
    period int not null,
    address text not null,
    late_at timestamptz not null,
    next_at timestamptz,
    asking_at timestamptz,
    asked_at timestamptz,
    failures int not null default 0,
    last_error text,
    failed_at timestamptz,
    dismissed_at timestamptz,
    fetched_from text,
    etag text,
    last_modified text,
    submission bigint references submission,
    came_at timestamptz,
    unique (source, period))`,
  `create index source_period_next on source_period (next_at) where next_at is not null`,
  `alter table submission drop constraint submission_channel_check`,
  `alter table submission
    add constraint submission_channel_check check (channel in ('api', 'cli', 'inbox', 'web', 'pull'))`,
];
