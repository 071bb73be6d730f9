import { createHash } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "./audit.ts";
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
  /** By the web alone: that its preview, once these bytes were read before, found nothing that it would change. */
  readonly changesNothing?: boolean;
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
 * idempotency key used again. Throws IdempotencyKeyReused where that key came with other bytes. What a person confirmed after
 * a preview, and a published file put back to an earlier edition, are sent to restate: they are new where the last submission
 * of these bytes no longer says what holds.
 */
export async function receiveSubmission(db: Kysely<Database>, file: ArrivedFile): Promise<ReceivedSubmission> {
  const sha256 = hashOf(file.bytes);
  return db.transaction().execute(async (trx) => {
    await onlyOneOfTheSame(trx, file, sha256);
    const earlier = (await byIdempotencyKey(trx, file, sha256)) ?? (await stillTheSame(trx, file, sha256));
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

type SameBytes = Pick<ArrivedFile, "organisation" | "template">;

/** The submissions of these bytes that a further one could repeat. */
function ofSameBytes(db: Kysely<Database>, file: SameBytes, sha256: string) {
  return counting(db, file)
    .select(["id", "status"])
    .where("sha256", "=", sha256)
    .where("template", "is not distinct from", file.template);
}

/** The submissions of an organisation that count, or may once they are read. */
function counting(db: Kysely<Database>, { organisation }: Pick<ArrivedFile, "organisation">) {
  return db
    .selectFrom("submission")
    .where("organisation", "=", organisation)
    .where("status", "<>", "rejected")
    .where("withdrawn_at", "is", null);
}

/** Whether these bytes came from the organisation before, so that sending them again may be a repetition. */
export async function cameBefore(db: Kysely<Database>, file: SameBytes & Pick<ArrivedFile, "bytes">): Promise<boolean> {
  return (await ofSameBytes(db, file, hashOf(file.bytes)).limit(1).executeTakeFirst()) !== undefined;
}

/** The submission that a file repeats. */
async function stillTheSame(trx: Transaction<Database>, file: ArrivedFile, sha256: string) {
  const restates = file.channel === "web" || file.channel === "pull";
  const earlier = await ofSameBytes(trx, file, sha256)
    .orderBy("id", restates ? "desc" : "asc")
    .limit(1)
    .executeTakeFirst();
  if (earlier === undefined || !restates || file.changesNothing) return earlier;
  // Of what is read, the preview knows better than any order: another organisation may have said otherwise since.
  if (file.channel === "web" && earlier.status !== "received" && earlier.status !== "reading") return undefined;
  const later = await counting(trx, file).select("id").where("id", ">", earlier.id).limit(1).executeTakeFirst();
  return later === undefined ? earlier : undefined;
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
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
  await recordAudit(trx, {
    at: file.now,
    actor: file.submittedBy,
    action: "submission-received",
    subject: `submission ${kept.id}`,
    detail: { organisation: file.organisation, channel: file.channel, filename: file.filename },
  });
  return kept;
}
