import { createHash, randomBytes } from "node:crypto";
import type { Kysely, Selectable } from "kysely";
import { recordAudit } from "./audit.ts";
import type { ApiKeyTable, Database } from "./tables.ts";

export const SCOPES = ["submit", "read", "operate"] as const;
export type Scope = (typeof SCOPES)[number];

export interface ApiKey {
  readonly id: number;
  readonly name: string;
  readonly organisation: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Temporal.Instant;
  readonly revokedAt: Temporal.Instant | null;
}

/** A key that cannot be made; the message says why, in a sentence for the operator. */
export class KeyRefused extends Error {
  readonly retry = false;
}

/** Makes a key and returns it; only its hash is kept. Throws KeyRefused on an unknown organisation or a name in use. */
export async function createKey(
  db: Kysely<Database>,
  wanted: { organisation: string; name: string; scopes: readonly Scope[]; now: Temporal.Instant },
): Promise<string> {
  const { organisation, name, scopes, now } = wanted;
  const key = `sbx_${randomBytes(32).toString("base64url")}`;
  await db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom("organisation")
      .select("id")
      .where("code", "=", organisation)
      .where("until", "is", null)
      .executeTakeFirst();
    if (!known) throw new KeyRefused(`There is no organisation ${organisation} in the catalogue.`);
    const made = await trx
      .insertInto("api_key")
      .values({ name, organisation, scopes, hash: hashOf(key), created_at: now.toString() })
      .onConflict((conflict) => conflict.column("name").where("revoked_at", "is", null).doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 0n) throw new KeyRefused(`There is a key named ${name}: revoke it first.`);
    await recordAudit(trx, {
      at: now,
      actor: "operator",
      action: "key-created",
      subject: `key ${name}`,
      detail: { organisation, scopes },
    });
  });
  return key;
}

/** Every key that was ever made, live ones first; never the keys themselves. */
export async function listKeys(db: Kysely<Database>): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom("api_key")
    .selectAll()
    .orderBy("revoked_at", (order) => order.desc().nullsFirst())
    .orderBy("name")
    .execute();
  return rows.map(asKey);
}

/** Ends a key for good; false where no live key has this name. */
export async function revokeKey(db: Kysely<Database>, name: string, now: Temporal.Instant): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const done = await trx
      .updateTable("api_key")
      .set({ revoked_at: now.toString() })
      .where("name", "=", name)
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return false;
    await recordAudit(trx, { at: now, actor: "operator", action: "key-revoked", subject: `key ${name}` });
    return true;
  });
}

/** The live key that a caller presents, or null. */
export async function findKey(db: Kysely<Database>, presented: string): Promise<ApiKey | null> {
  const row = await db
    .selectFrom("api_key")
    .selectAll()
    .where("hash", "=", hashOf(presented))
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return row ? asKey(row) : null;
}

/** Keys are 256 random bits, so one plain hash is enough; looking a hash up tells nothing by its timing. */
function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

function asKey(row: Selectable<ApiKeyTable>): ApiKey {
  return {
    id: row.id,
    name: row.name,
    organisation: row.organisation,
    scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
  };
}
