import { type Kysely, sql } from "kysely";
import { recordAudit } from "./audit.ts";
import { at } from "./instants.ts";
import type { Database } from "./tables.ts";

/** How long somebody stays signed in who does nothing; whoever does something stays so for at most twelve hours. */
export const IDLE_AT_MOST = { hours: 2 } as const;
/** How exactly it is kept when somebody was last there. */
const SEEN_EVERY = { minutes: 1 } as const;

/**
 * The data of a live session, and a note that it was used; null where it is unknown, ended, over or long unused. `now` is
 * the machine's time, not the test clock's.
 */
export async function readSession(db: Kysely<Database>, id: string, now: Temporal.Instant): Promise<unknown> {
  const row = await db
    .selectFrom("session")
    .select(["data", "last_seen_at"])
    .where("id", "=", id)
    .where(isLive(now))
    .executeTakeFirst();
  if (row === undefined) return null;
  if (Temporal.Instant.compare(row.last_seen_at, now.subtract(SEEN_EVERY)) < 0) {
    await db.updateTable("session").set({ last_seen_at: now.toString() }).where("id", "=", id).execute();
  }
  return row.data;
}

/** What is kept of a session; `person` is an e-mail address, "operator" of this machine, or null before signing in. */
export interface KeptSession {
  readonly id: string;
  readonly data: unknown;
  readonly person: string | null;
  /** From where, in words, such as "Firefox on Windows". */
  readonly place: string | null;
  readonly expiresAt: Temporal.Instant;
  readonly now: Temporal.Instant;
}

/** Keeps a session until `expiresAt`, unless it was ended meanwhile, and drops those that are over. */
export async function writeSession(db: Kysely<Database>, session: KeptSession): Promise<void> {
  const { id, person, place, now } = session;
  const kept = { data: JSON.stringify(session.data), expires_at: session.expiresAt.toString(), person, place };
  const seen = { made_at: now.toString(), last_seen_at: now.toString() };
  await db
    .insertInto("session")
    .values({ id, ...kept, ...seen })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(kept).where("session.ended_at", "is", null))
    .execute();
  await db
    .deleteFrom("session")
    .where((is) => is.or([is("expires_at", "<=", at(now)), is("last_seen_at", "<=", at(now.subtract(IDLE_AT_MOST)))]))
    .execute();
}

/** Ends a session by its id; nothing happens where there is none. */
export async function endSession(db: Kysely<Database>, id: string, now: Temporal.Instant): Promise<void> {
  await db.updateTable("session").set(endedAt(now)).where("id", "=", id).where("ended_at", "is", null).execute();
}

/** A live session of somebody signed in, as a page shows it. */
export interface ListedSession {
  readonly number: number;
  readonly person: string;
  readonly place: string | null;
  readonly madeAt: Temporal.Instant;
  readonly lastSeenAt: Temporal.Instant;
  /** Whether it is the one that asks. */
  readonly isThis: boolean;
}

/** At most `limit` live sessions, last used first: of one person, or of everybody. `own` is the id of the one that asks. */
export async function listSessions(
  db: Kysely<Database>,
  { person, own, now, limit }: { person: string | null; own: string | null; now: Temporal.Instant; limit: number },
): Promise<ListedSession[]> {
  const rows = await db
    .selectFrom("session")
    .select(["id", "number", "person", "place", "made_at", "last_seen_at"])
    .where("person", "is not", null)
    .where(person === null ? sql<boolean>`true` : sql<boolean>`person = ${person}`)
    .where(isLive(now))
    .orderBy("last_seen_at", "desc")
    .orderBy("number", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ id, number, place, ...row }) => ({
    number,
    person: row.person ?? "",
    place,
    madeAt: row.made_at,
    lastSeenAt: row.last_seen_at,
    isThis: id === own,
  }));
}

/** Which sessions somebody ends: one by its number, or all but their own; of one person, or of anybody (null). */
export interface SessionsToEnd {
  readonly of: string | null;
  readonly which: { readonly number: number } | { readonly allBut: string };
}

/** Ends live sessions and returns how many; those whose they are, are in the audit trail. */
export async function endSessions(
  db: Kysely<Database>,
  { of, which }: SessionsToEnd,
  { actor, now }: { actor: string; now: Temporal.Instant },
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const ended = await trx
      .updateTable("session")
      .set(endedAt(now))
      .where("person", "is not", null)
      .where(of === null ? sql<boolean>`true` : sql<boolean>`person = ${of}`)
      .where("number" in which ? sql<boolean>`number = ${which.number}` : sql<boolean>`id <> ${which.allBut}`)
      .where(isLive(now))
      .returning("person")
      .execute();
    if (ended.length === 0) return 0;
    const people = [...new Set(ended.map(({ person }) => person))];
    const detail = { sessions: ended.length, people };
    await recordAudit(trx, { at: now, actor, action: "sessions-ended", subject: "session", detail });
    return ended.length;
  });
}

function isLive(now: Temporal.Instant) {
  return sql<boolean>`ended_at is null and expires_at > ${now.toString()}::timestamptz
    and last_seen_at > ${now.subtract(IDLE_AT_MOST).toString()}::timestamptz`;
}

/** Nothing that was kept in a session outlives it. */
function endedAt(now: Temporal.Instant) {
  return { ended_at: now.toString(), data: "{}" };
}
