import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { recordAudit } from "../audit.ts";
import type { Database } from "../tables.ts";
import type { ActingOnAction } from "./rate-action.ts";

/** What shows that an action was done; a file's bytes are read apart. */
export interface Evidence {
  readonly id: number;
  readonly action: number;
  readonly kind: "link" | "file";
  readonly name: string;
  readonly url: string | null;
  readonly mediaType: string | null;
  /** Bytes. */
  readonly size: number | null;
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly removedBy: string | null;
  readonly removedAt: Temporal.Instant | null;
}

/** What is to be kept: a link, or a file whose type and name were checked. */
export type NewEvidence =
  | { readonly kind: "link"; readonly name: string; readonly url: string }
  | { readonly kind: "file"; readonly name: string; readonly mediaType: string; readonly bytes: Buffer };

/** So many files and links an action holds at the most. */
export const MOST_EVIDENCE = 50;

const columns = sql.raw(`v.id, v.action, v.kind, v.name, v.url, v.media_type as "mediaType", v.size, v.by, v.at,
  v.removed_by as "removedBy", v.removed_at as "removedAt"`);

/** The evidence of these actions, removed ones too, the oldest first. */
export async function evidenceOf(db: Kysely<Database>, actions: readonly number[]): Promise<Evidence[]> {
  const { rows } = await sql<Evidence>`select ${columns} from evidence v where v.action = any(${[...actions]}::bigint[])
    order by v.id`.execute(db);
  return rows;
}

/** One piece of evidence; null where there is none. */
export async function findEvidence(db: Kysely<Database>, id: number): Promise<Evidence | null> {
  const { rows } = await sql<Evidence>`select ${columns} from evidence v where v.id = ${id}::bigint`.execute(db);
  return rows[0] ?? null;
}

/** The bytes of a file that was not removed; null where there is none. */
export async function evidenceFile(db: Kysely<Database>, id: number): Promise<Buffer | null> {
  const { rows } = await sql<{ bytes: Buffer | null }>`select bytes from evidence where id = ${id}::bigint
    and removed_at is null`.execute(db);
  return rows[0]?.bytes ?? null;
}

/** What became of new evidence; `full`: the action has as many as it may. */
export type EvidenceKept = { readonly kind: "done"; readonly id: number } | { readonly kind: "full" };

/** Keeps a link or a file with an action. */
export async function addEvidence(
  db: Kysely<Database>,
  action: number,
  given: NewEvidence,
  { by, now }: ActingOnAction,
): Promise<EvidenceKept> {
  return db.transaction().execute(async (trx) => {
    await sql`select from action where id = ${action} for update`.execute(trx);
    const { rows } = await sql<{ held: number }>`select count(*)::int as held from evidence where action = ${action}
      and removed_at is null`.execute(trx);
    if ((rows[0]?.held ?? 0) >= MOST_EVIDENCE) return { kind: "full" };
    const file = given.kind === "file" ? given : null;
    const sha256 = file === null ? null : createHash("sha256").update(file.bytes).digest("hex");
    const row = await trx
      .insertInto("evidence")
      .values({
        action,
        kind: given.kind,
        name: given.name,
        url: given.kind === "link" ? given.url : null,
        media_type: file?.mediaType ?? null,
        size: file?.bytes.length ?? null,
        sha256,
        bytes: file?.bytes ?? null,
        by,
        at: now.toString(),
        removed_by: null,
        removed_at: null,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const detail = { evidence: row.id, name: given.name, ...(sha256 === null ? {} : { sha256 }) };
    await recordAudit(trx, { at: now, actor: by, action: "evidence-added", subject: `action ${action}`, detail });
    return { kind: "done", id: row.id };
  });
}

/** Marks evidence as removed: it is kept, and nobody is given it any more. Returns whether it was there to remove. */
export async function removeEvidence(db: Kysely<Database>, id: number, { by, now }: ActingOnAction): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable("evidence")
      .set({ removed_by: by, removed_at: now.toString() })
      .where("id", "=", id)
      .where("removed_at", "is", null)
      .returning(["action", "name"])
      .executeTakeFirst();
    if (row === undefined) return false;
    const detail = { evidence: id, name: row.name };
    await recordAudit(trx, { at: now, actor: by, action: "evidence-removed", subject: `action ${row.action}`, detail });
    return true;
  });
}
