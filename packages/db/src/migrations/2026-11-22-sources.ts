import { type Kysely, sql } from "kysely";

/**
 * Where files are fetched from, who carries on for whom, where organisations stood before, whose figures are signed off,
 * and which values of a metric are plausible: more files and columns of the catalogue.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Takes the tables and columns away, with what they hold. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table source, successor, organisation_parent`.execute(db);
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
];
