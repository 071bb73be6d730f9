import { createHash, randomBytes } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import type { Database } from "../tables.ts";

interface Whose {
  /** An e-mail address in small letters. */
  readonly person: string;
  readonly now: Temporal.Instant;
}

/** Makes the address of somebody's calendar and returns its secret; only its hash is kept, and the one before ends. */
export async function makeCalendarToken(db: Kysely<Database>, whose: Whose): Promise<string> {
  const token = randomBytes(32).toString("hex");
  await db.transaction().execute(async (trx) => {
    // A button that is pressed twice makes two, one after the other.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`calendar of ${whose.person}`}, 0))`.execute(trx);
    await end(trx, whose);
    await trx
      .insertInto("calendar_token")
      .values({ hash: hashOf(token), person: whose.person, made_at: whose.now.toString() })
      .execute();
    await recordAudit(trx, {
      at: whose.now,
      actor: whose.person,
      action: "calendar-made",
      subject: `calendar of ${whose.person}`,
    });
  });
  return token;
}

/** Ends the address of somebody's calendar; false where there is none. */
export async function revokeCalendarToken(db: Kysely<Database>, whose: Whose): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const ended = await end(trx, whose);
    if (ended) {
      const { person, now } = whose;
      await recordAudit(trx, { at: now, actor: person, action: "calendar-revoked", subject: `calendar of ${person}` });
    }
    return ended;
  });
}

async function end(trx: Transaction<Database>, { person, now }: Whose): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("calendar_token")
    .set({ revoked_at: now.toString() })
    .where("person", "=", person)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Since when somebody's calendar has its address; null where it has none. */
export async function calendarMadeAt(db: Kysely<Database>, person: string): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom("calendar_token")
    .select("made_at")
    .where("person", "=", person)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return row?.made_at ?? null;
}

/** Whose calendar an address is; null where it is unknown or revoked. */
export async function personOfCalendar(db: Kysely<Database>, token: string): Promise<string | null> {
  const row = await db
    .selectFrom("calendar_token")
    .select("person")
    .where("hash", "=", hashOf(token))
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return row?.person ?? null;
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
