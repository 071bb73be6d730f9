import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { recordAudit } from "../audit.ts";
import type { Database } from "../tables.ts";
import { letReadersIn, READ_SCHEMA, READER_ROLE } from "./reader-role.ts";

const LONGEST_STATEMENT = "5min";
const CONNECTIONS = 10;

/** Somebody, or a program, that reads the views over a connection of its own. */
export interface Reader {
  readonly name: string;
  /** The role it signs in to PostgreSQL as. */
  readonly role: string;
}

/** A reader that cannot be made; the message says why, in a sentence for the operator. */
export class ReaderRefused extends Error {
  readonly retry = false;
}

/**
 * Makes a role that may read the views and nothing else, and returns it with its password, which is kept nowhere and never
 * reaches the server's log: it is handed over hashed. Throws ReaderRefused on a name that may not be or is in use, and where
 * the server does not let us make roles.
 */
export async function createReader(
  db: Kysely<Database>,
  { name, now }: { name: string; now: Temporal.Instant },
): Promise<Reader & { password: string }> {
  const role = roleOf(name);
  const password = randomBytes(24).toString("base64url");
  if (!(await letReadersIn(db))) throw new ReaderRefused(NO_ROLES);
  try {
    await db.transaction().execute(async (trx) => {
      const settings = `login nosuperuser nocreatedb nocreaterole connection limit ${CONNECTIONS} in role ${READER_ROLE}`;
      await sql.raw(`create role ${role} ${settings} password '${verifierOf(password)}'`).execute(trx);
      await sql.raw(`alter role ${role} set default_transaction_read_only = on`).execute(trx);
      await sql.raw(`alter role ${role} set statement_timeout = '${LONGEST_STATEMENT}'`).execute(trx);
      await sql.raw(`alter role ${role} set search_path = ${READ_SCHEMA}`).execute(trx);
      await recordAudit(trx, { at: now, actor: "operator", action: "reader-created", subject: `reader ${name}` });
    });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "42710" || code === "23505") {
      throw new ReaderRefused(`There is a reader named ${name}: revoke it first.`, { cause: error });
    }
    if (code === "42501") throw new ReaderRefused(NO_ROLES, { cause: error });
    throw error;
  }
  return { name, role, password };
}

/** Every reader there is, by name. */
export async function listReaders(db: Kysely<Database>): Promise<Reader[]> {
  const { rows } = await sql<{ role: string }>`select r.rolname as role from pg_roles r
    join pg_auth_members m on m.member = r.oid join pg_roles g on g.oid = m.roleid and g.rolname = ${READER_ROLE}
    where starts_with(r.rolname, ${PREFIX}) order by 1`.execute(db);
  return rows.map(({ role }) => ({ name: role.slice(PREFIX.length), role }));
}

/** Ends a reader for good, with the connections it has; false where there is none of this name. */
export async function revokeReader(db: Kysely<Database>, name: string, now: Temporal.Instant): Promise<boolean> {
  if (!(await listReaders(db)).some((reader) => reader.name === name)) return false;
  const role = roleOf(name);
  // First nobody gets in any more, then those who are in are sent out: a role that is gone has no connections to find.
  await sql.raw(`alter role ${role} nologin`).execute(db);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${role}`.execute(db);
  await db.transaction().execute(async (trx) => {
    await sql.raw(`drop role ${role}`).execute(trx);
    await recordAudit(trx, { at: now, actor: "operator", action: "reader-revoked", subject: `reader ${name}` });
  });
  return true;
}

const PREFIX = `${READER_ROLE}_`;
const NO_ROLES =
  "This database does not let Signalbox make roles: ask its administrator to, as docs/sql-views.md says.";

function roleOf(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(name)) {
    throw new ReaderRefused(
      "A reader's name is small letters, digits and _, begins with a letter, and has 40 at most.",
    );
  }
  return PREFIX + name;
}

/** A password as PostgreSQL keeps it (RFC 5803), so that it need not be told. */
function verifierOf(password: string): string {
  const rounds = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, rounds, 32, "sha256");
  const keyed = (key: string) => createHmac("sha256", salted).update(key).digest();
  const stored = createHash("sha256").update(keyed("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${rounds}:${salt.toString("base64")}$${stored}:${keyed("Server Key").toString("base64")}`;
}
