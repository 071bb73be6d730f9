import { createHash, randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import { recordAudit } from "./audit.ts";
import { at } from "./instants.ts";
import type { Database } from "./tables.ts";

const LIVES = { hours: 12 } as const;

/**
 * Makes a link that signs an operator in once, within 12 hours, and returns its token: the page is /sign-in/TOKEN.
 * Only the hash is kept. `now` is the machine's time, not the test clock's.
 */
export async function makeSignInLink(db: Kysely<Database>, now: Temporal.Instant): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db
    .insertInto("sign_in_link")
    .values({ hash: hashOf(token), role: "operator", made_at: now.toString(), expires_at: now.add(LIVES).toString() })
    .execute();
  return token;
}

/** Whether a link would still sign somebody in; looking does not use it up. */
export async function isSignInLinkGood(db: Kysely<Database>, token: string, now: Temporal.Instant): Promise<boolean> {
  const row = await db
    .selectFrom("sign_in_link")
    .select("role")
    .where("hash", "=", hashOf(token))
    .where("used_at", "is", null)
    .where("expires_at", ">", at(now))
    .executeTakeFirst();
  return row !== undefined;
}

/** Uses a link up and returns the role it signs in as; null where it is unknown, used or too old. */
export async function useSignInLink(
  db: Kysely<Database>,
  token: string,
  now: Temporal.Instant,
): Promise<string | null> {
  return db.transaction().execute(async (trx) => {
    const used = await trx
      .updateTable("sign_in_link")
      .set({ used_at: now.toString() })
      .where("hash", "=", hashOf(token))
      .where("used_at", "is", null)
      .where("expires_at", ">", at(now))
      .returning("role")
      .executeTakeFirst();
    if (!used) return null;
    await recordAudit(trx, { at: now, actor: used.role, action: "signed-in", subject: "session" });
    return used.role;
  });
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
