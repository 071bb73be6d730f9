import { createHash } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Database, SubmissionTable } from "./tables.ts";

export type SubmissionStatus = "received" | "reading" | "accepted" | "partly-accepted" | "rejected";

/** A file as it arrived, by whichever way; `submittedBy` is the key, the operator or the inbox. */
export interface ArrivedFile {
  readonly organisation: string;
  readonly channel: SubmissionTable["channel"];
  readonly submittedBy: string;
  readonly filename: string | null;
  readonly mediaType: string;
  readonly template: string | null;
  /** "YYYY-MM-DD": the date the sender says the file was issued on. */
  readonly issued: string | null;
  readonly bytes: Uint8Array;
  readonly now: Temporal.Instant;
  readonly idempotencyKey?: string | null;
}

export interface ReceivedSubmission {
  readonly id: number;
  readonly status: SubmissionStatus;
  /** True when these bytes, or this idempotency key, were answered before: nothing new was stored. */
  readonly duplicate: boolean;
}

/** One idempotency key was used for two different files. */
export class IdempotencyKeyReused extends Error {
  readonly retry = false;
}

/**
 * Keeps a file and its submission, committed when this returns; ring read-submission then. The same bytes again from the
 * same organisation are answered with the first submission, unless that was rejected, withdrawn, or named another template; so is an
 * idempotency key used again. Throws IdempotencyKeyReused where that key came with other bytes.
 */
export async function receiveSubmission(db: Kysely<Database>, file: ArrivedFile): Promise<ReceivedSubmission> {
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  return db.transaction().execute(async (trx) => {
    await onlyOneOfTheSame(trx, file, sha256);
    const earlier = (await byIdempotencyKey(trx, file, sha256)) ?? (await bySameBytes(trx, file, sha256));
    if (earlier) return { ...earlier, duplicate: true };
    return { ...(await keep(trx, file, sha256)), duplicate: false };
  });
}

/** Two copies that arrive at the same moment wait for each other, so that the second finds the first. */
async function onlyOneOfTheSame(trx: Transaction<Database>, file: ArrivedFile, sha256: string): Promise<void> {
  const locks = [`submission ${file.organisation} ${sha256}`];
  if (file.idempotencyKey) locks.push(`idempotency ${file.organisation} ${file.submittedBy} ${file.idempotencyKey}`);
  for (const lock of locks.toSorted())
    await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(trx);
}

async function byIdempotencyKey(trx: Transaction<Database>, file: ArrivedFile, sha256: string) {
  if (!file.idempotencyKey) return undefined;
  const first = await trx
    .selectFrom("submission")
    .select(["id", "status", "sha256"])
    .where("organisation", "=", file.organisation)
    .where("submitted_by", "=", file.submittedBy)
    .where("idempotency_key", "=", file.idempotencyKey)
    .executeTakeFirst();
  if (!first) return undefined;
  if (first.sha256 !== sha256)
    throw new IdempotencyKeyReused("This Idempotency-Key was used before, for another file.");
  return { id: first.id, status: first.status };
}

async function bySameBytes(trx: Transaction<Database>, file: ArrivedFile, sha256: string) {
  return trx
    .selectFrom("submission")
    .select(["id", "status"])
    .where("organisation", "=", file.organisation)
    .where("sha256", "=", sha256)
    .where("status", "<>", "rejected")
    .where("withdrawn_at", "is", null)
    .where("template", "is not distinct from", file.template)
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
}

async function keep(trx: Transaction<Database>, file: ArrivedFile, sha256: string) {
  const kept = await trx
    .insertInto("submission")
    .values({
      organisation: file.organisation,
      channel: file.channel,
      submitted_by: file.submittedBy,
      received_at: file.now.toString(),
      filename: file.filename,
      media_type: file.mediaType,
      template: file.template,
      issued: file.issued,
      sha256,
      size: file.bytes.byteLength,
      idempotency_key: file.idempotencyKey ?? null,
    })
    .returning(["id", "status"])
    .executeTakeFirstOrThrow();
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
  await trx.insertInto("submission_file").values({ submission: kept.id, bytes }).execute();
  return kept;
}
