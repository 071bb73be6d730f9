import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** The schema that reports read. */
export const READ_SCHEMA = "signalbox_read";
/** Whoever is a member of it may read that schema and nothing else; nobody signs in as it. */
export const READER_ROLE = "signalbox_reader";

const ALREADY_THERE: ReadonlySet<string> = new Set(["42710", "23505"]);
const NOT_ALLOWED: ReadonlySet<string> = new Set(["42501", "42704"]);

/**
 * Makes the role that reads the views, where this server lets us, and lets it read them; safe twice and at once. False where
 * the server does not: a managed database may keep making roles to its administrators.
 */
export async function letReadersIn(db: Kysely<Database>): Promise<boolean> {
  // A role is of the whole server: it may be there from another database, or be made by another migration just now.
  const { rows } = await sql`select from pg_roles where rolname = ${READER_ROLE}`.execute(db);
  if (rows.length === 0) {
    await tolerate(sql.raw(`create role ${READER_ROLE} nologin`).execute(db), ALREADY_THERE, NOT_ALLOWED);
  }
  const granted = db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${READ_SCHEMA}))`.execute(trx);
    await sql.raw(`grant usage on schema ${READ_SCHEMA} to ${READER_ROLE}`).execute(trx);
    await sql.raw(`grant select on all tables in schema ${READ_SCHEMA} to ${READER_ROLE}`).execute(trx);
  });
  return tolerate(granted, NOT_ALLOWED);
}

async function tolerate(work: Promise<unknown>, ...tolerated: readonly ReadonlySet<string>[]): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    const code = (error as { code?: string }).code ?? "";
    if (!tolerated.some((codes) => codes.has(code))) throw error;
    return false;
  }
}
