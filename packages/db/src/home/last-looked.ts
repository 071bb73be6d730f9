import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** How exactly it is kept when somebody last looked: a page that is read again and again writes little. */
const EVERY = "1 minute";

interface Looked {
  readonly since: Temporal.Instant | null;
  readonly isKept: boolean;
}

/**
 * From when on what changed is new to a person; null who looks for the first time. A new session moves it on to when they
 * last looked; within a session it stays, so that a page loaded again shows the same.
 */
export async function lookAtHome(
  db: Kysely<Database>,
  { person, session, now }: { person: string; session: string; now: Temporal.Instant },
): Promise<Temporal.Instant | null> {
  const { rows } = await sql<Looked>`
    select case when s.made_at > l.visit_began then l.looked_at else l.since end as since,
      s.made_at <= l.visit_began and l.looked_at > ${now.toString()}::timestamptz - interval '${sql.raw(EVERY)}' as "isKept"
    from last_looked l left join session s on s.id = ${session}
    where l.person = ${person}`.execute(db);
  const looked = rows[0];
  if (looked?.isKept !== true) await keep(db, { person, session, now });
  return looked?.since ?? null;
}

async function keep(
  db: Kysely<Database>,
  { person, session, now }: { person: string; session: string; now: Temporal.Instant },
): Promise<void> {
  await sql`insert into last_looked as l (person, visit_began, looked_at)
    values (${person}, coalesce((select made_at from session where id = ${session}), clock_timestamp()), ${now.toString()})
    on conflict (person) do update set
      since = case when excluded.visit_began > l.visit_began then l.looked_at else l.since end,
      visit_began = greatest(l.visit_began, excluded.visit_began),
      looked_at = greatest(l.looked_at, excluded.looked_at)`.execute(db);
}

/** Notes that a person has seen what changed until a moment: it is new no more. */
export async function noteSeen(
  db: Kysely<Database>,
  { person, until }: { person: string; until: Temporal.Instant },
): Promise<void> {
  await sql`update last_looked set since = greatest(since, ${until.toString()}::timestamptz) where person = ${person}`.execute(
    db,
  );
}
