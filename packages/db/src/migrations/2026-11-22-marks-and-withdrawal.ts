import { type Kysely, sql } from "kysely";

/**
 * Values carry marks (estimated, implausible, a nil return), a submission sent in error is withdrawn, and what one changed is
 * asked for. Marks and reasons of a decision are sparse, by period, since most values have neither.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Takes the marks, the withdrawals and the index away. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index observation_submission, submission_withdrawn, submission_judged`.execute(db);
  await sql`alter table series_decision drop column marks, drop column no_values`.execute(db);
  await sql`alter table submission drop column withdrawn_at, drop column withdrawn_by, drop column withdrawn_reason,
    drop column withdrawn_after, drop column plausibility`.execute(db);
  await sql`alter table series_state drop column marks`.execute(db);
  await sql`alter table observation drop column mark`.execute(db);
}

const statements: readonly string[] = [
  `alter table observation add column mark text`,
  `alter table series_state add column marks text[] not null default '{}'`,
  // A series without figures has empty arrays, which array_fill of length 0 gives too.
  `update series_state set marks = array_fill(null::text, array[cardinality(vals)]) where cardinality(vals) > 0`,
  `alter table series_decision add column marks jsonb not null default '{}', add column no_values jsonb not null default '{}'`,
  // withdrawn_after: the last submission that had been received by then; those after it came when this one no longer counted.
  // plausibility: what the template it was read by says of values beside their history, by metric.
  `alter table submission add column withdrawn_at timestamptz, add column withdrawn_by text,
    add column withdrawn_reason text, add column withdrawn_after bigint, add column plausibility jsonb,
    add constraint submission_withdrawn_whole check (num_nulls(withdrawn_at, withdrawn_by, withdrawn_reason, withdrawn_after) in (0, 4))`,
  `create index submission_withdrawn on submission (id) where withdrawn_at is not null`,
  `create index submission_judged on submission (id) where plausibility is not null`,
  // The rows of one submission lie together, in the order in which submissions were read: a summary a few pages is enough,
  // and costs nothing where a million rows come at once.
  `create index observation_submission on observation using brin (submission) with (pages_per_range = 16)`,
];
