import { type Kysely, sql, type Transaction } from "kysely";
import type { Database, SubmissionTable } from "../tables.ts";

/** A submission whose row is held and whose bytes are at hand. */
export interface TakenSubmission {
  readonly id: number;
  readonly organisation: string;
  readonly channel: SubmissionTable["channel"];
  readonly filename: string | null;
  readonly mediaType: string;
  readonly template: string | null;
  readonly issued: string | null;
  readonly receivedAt: Temporal.Instant;
  readonly bytes: Buffer;
}

/** Says that reading has begun, for those who look; false where the submission is read already or set aside. */
export async function beginReading(db: Kysely<Database>, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("submission")
    .set({ status: "reading" })
    .where("id", "=", id)
    .where("status", "in", ["received", "reading"])
    .where("failed_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Takes an unread submission and holds it until the transaction ends; null where it is read, or another worker has it. */
export async function takeSubmission(trx: Transaction<Database>, id: number): Promise<TakenSubmission | null> {
  const row = await trx
    .selectFrom("submission")
    .innerJoin("submission_file", "submission_file.submission", "submission.id")
    .select(["id", "organisation", "channel", "filename", "media_type", "template", "issued", "received_at", "bytes"])
    .where("id", "=", id)
    .where("status", "in", ["received", "reading"])
    .forUpdate("submission")
    .skipLocked()
    .executeTakeFirst();
  if (row === undefined) return null;
  return { ...row, mediaType: row.media_type, receivedAt: row.received_at };
}

/** Submissions that nobody has read yet, oldest first: what the clock rings for again. */
export async function unreadSubmissions(db: Kysely<Database>, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom("submission")
    .select("id")
    .where("status", "in", ["received", "reading"])
    .where("failed_at", "is", null)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Counts a reading that failed for a fault of ours; a worker that was killed has not failed. Returns how many did. */
export async function countFailedReading(db: Kysely<Database>, id: number): Promise<number> {
  const { attempts } = await db
    .updateTable("submission")
    .set((row) => ({ attempts: row("attempts", "+", 1) }))
    .where("id", "=", id)
    .returning("attempts")
    .executeTakeFirstOrThrow();
  return attempts;
}

/** Sets a submission aside that could not be read for a fault of ours, until someone retries or dismisses it. */
export async function failSubmission(
  db: Kysely<Database>,
  id: number,
  { failure, at }: { failure: string; at: Temporal.Instant },
): Promise<void> {
  await db
    .updateTable("submission")
    .set({ failure, failed_at: at.toString() })
    .where("id", "=", id)
    .where("status", "in", ["received", "reading"])
    .execute();
}

/** The least of each percent metric's limits and plans, in points; metrics without any are left out. */
export async function lowestGoals(db: Kysely<Database>): Promise<Map<string, number>> {
  const { rows } = await sql<{ metric: string; lowest: number | null }>`
    select m.code as metric, least(
      (select min(least(t.board, t.slt)) from threshold t
        where t.metric = m.code and t.until is null and t.basis = 'value'),
      (select min(p.value) from plan p where p.metric = m.code and p.until is null)) as lowest
    from metric m where m.until is null and m.unit = 'percent'`.execute(db);
  return new Map(rows.flatMap(({ metric, lowest }) => (lowest === null ? [] : [[metric, lowest]])));
}
