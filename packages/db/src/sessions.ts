import type { Kysely } from "kysely";
import { at } from "./instants.ts";
import type { Database } from "./tables.ts";

/** The data of a live session; null where it is unknown or over. `now` is the machine's time, not the test clock's. */
export async function readSession(db: Kysely<Database>, id: string, now: Temporal.Instant): Promise<unknown> {
  const row = await db
    .selectFrom("session")
    .select("data")
    .where("id", "=", id)
    .where("expires_at", ">", at(now))
    .executeTakeFirst();
  return row?.data ?? null;
}

/** Keeps a session until `expiresAt`, and drops those that are over. */
export async function writeSession(
  db: Kysely<Database>,
  session: { id: string; data: unknown; expiresAt: Temporal.Instant; now: Temporal.Instant },
): Promise<void> {
  const data = JSON.stringify(session.data);
  const expires_at = session.expiresAt.toString();
  await db
    .insertInto("session")
    .values({ id: session.id, data, expires_at })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ data, expires_at }))
    .execute();
  await db.deleteFrom("session").where("expires_at", "<=", at(session.now)).execute();
}

/** Ends a session; nothing happens where there is none. */
export async function endSession(db: Kysely<Database>, id: string): Promise<void> {
  await db.deleteFrom("session").where("id", "=", id).execute();
}
