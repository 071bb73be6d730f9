import { type Kysely, sql } from "kysely";
import { at } from "./instants.ts";
import type { Database } from "./tables.ts";

const LIVES = { hours: 24 } as const;
/** How many drafts one person may have; the oldest give way. */
const AT_MOST = 10;

/** A file that somebody looks at before it counts. */
export interface UploadDraft {
  readonly id: number;
  readonly organisation: string;
  readonly filename: string | null;
  readonly mediaType: string;
  readonly template: string | null;
  readonly bytes: Buffer;
  /** What was typed into the grid; null where a file was uploaded. */
  readonly typed: unknown;
  readonly expiresAt: Temporal.Instant;
}

/** Keeps a draft for a day and returns its id. `now` is the machine's time, not the test clock's. */
export async function keepDraft(
  db: Kysely<Database>,
  draft: Omit<UploadDraft, "id" | "expiresAt"> & { readonly madeBy: string },
  now: Temporal.Instant,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto("upload_draft")
      .values({
        made_by: draft.madeBy,
        organisation: draft.organisation,
        filename: draft.filename,
        media_type: draft.mediaType,
        template: draft.template,
        bytes: draft.bytes,
        ...(draft.typed === null ? {} : { typed: JSON.stringify(draft.typed) }),
        made_at: now.toString(),
        expires_at: now.add(LIVES).toString(),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await sql`delete from upload_draft where made_by = ${draft.madeBy} and id not in (
      select id from upload_draft where made_by = ${draft.madeBy} order by id desc limit ${AT_MOST})`.execute(trx);
    return id;
  });
}

/** A draft of whoever made it; null for anybody else, and where it was confirmed, dropped or is over a day old. */
export async function readDraft(
  db: Kysely<Database>,
  id: number,
  madeBy: string,
  now: Temporal.Instant,
): Promise<UploadDraft | null> {
  const row = await db
    .selectFrom("upload_draft")
    .selectAll()
    .where("id", "=", id)
    .where("made_by", "=", madeBy)
    .where("expires_at", ">", at(now))
    .executeTakeFirst();
  if (!row) return null;
  const { organisation, filename, template, bytes, typed } = row;
  return { id, organisation, filename, mediaType: row.media_type, template, bytes, typed, expiresAt: row.expires_at };
}

/** Drops a draft; nothing happens where there is none. */
export async function dropDraft(db: Kysely<Database>, id: number, madeBy: string): Promise<void> {
  await db.deleteFrom("upload_draft").where("id", "=", id).where("made_by", "=", madeBy).execute();
}
