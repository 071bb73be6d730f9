import { type Kysely, sql } from "kysely";

const KINDS = [
  "acknowledgement",
  "action-plan",
  "plan-decision",
  "action",
  "embedding",
  "challenge",
  "case-sign-off",
  "risk",
  "commentary",
  "return",
  "review",
];

/** What a meeting asks of somebody is chased like any request; its papers are kept as they stood when they were due. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table meeting add column cancelled_by text, add column cancelled_why text`.execute(db);
  await sql`create table meeting_papers (
    meeting bigint primary key references meeting,
    made_at timestamptz not null,
    facts jsonb not null)`.execute(db);
  await sql`create index meeting_papers_due on meeting (papers_due_at) where cancelled_at is null`.execute(db);
  await kindsAre(db, [...KINDS, "decision"]);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`delete from request where kind = 'decision'`.execute(db);
  await kindsAre(db, KINDS);
  await sql`drop index meeting_papers_due`.execute(db);
  await sql`drop table meeting_papers`.execute(db);
  await sql`alter table meeting drop column cancelled_by, drop column cancelled_why`.execute(db);
}

async function kindsAre(db: Kysely<unknown>, kinds: readonly string[]): Promise<void> {
  await sql`alter table request drop constraint request_kind_check`.execute(db);
  await sql`alter table request add constraint request_kind_check
    check (kind in (${sql.raw(kinds.map((kind) => `'${kind}'`).join(", "))}))`.execute(db);
}
