import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

const LIVES = { hours: 24 } as const;
/** How many drafts one person may have; the oldest give way. */
const AT_MOST = 3;

/** Keeps a register for a day, for its maker to look at before it counts. `now` is the machine's time, not the test clock's. */
export async function keepRiskDraft(
  db: Kysely<Database>,
  { madeBy, csv }: { readonly madeBy: string; readonly csv: Buffer },
  now: Temporal.Instant,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto("risk_draft")
      .values({ made_by: madeBy, csv, made_at: now.toString(), expires_at: now.add(LIVES).toString() })
      .returning("id")
      .executeTakeFirstOrThrow();
    await sql`delete from risk_draft where expires_at < ${now.toString()} or made_by = ${madeBy} and id not in (
      select id from risk_draft where made_by = ${madeBy} order by id desc limit ${AT_MOST})`.execute(trx);
    return id;
  });
}

/** A draft of whoever made it; null for anybody else, and where it counted, was dropped or is over a day old. */
export async function readRiskDraft(
  db: Kysely<Database>,
  { id, madeBy }: { readonly id: number; readonly madeBy: string },
  now: Temporal.Instant,
): Promise<Buffer | null> {
  const { rows } = await sql<{ csv: Buffer }>`select csv from risk_draft
    where id = ${id} and made_by = ${madeBy} and expires_at > ${now.toString()}`.execute(db);
  return rows[0]?.csv ?? null;
}

/** Forgets a draft of whoever made it. */
export async function dropRiskDraft(
  db: Kysely<Database>,
  { id, madeBy }: { readonly id: number; readonly madeBy: string },
): Promise<void> {
  await db.deleteFrom("risk_draft").where("id", "=", id).where("made_by", "=", madeBy).execute();
}
