import { nextDigest } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "./audit.ts";
import type { Database } from "./tables.ts";

export interface Released {
  readonly releasedAt: Temporal.Instant;
  readonly releasedBy: string;
}

/**
 * Ends the preview of what a submission decided: its cases are in the forums' lists from `now`, and what the forums are
 * still to be told of it leaves at their digest's time. Releasing again changes nothing. Ring tell afterwards. Null where
 * there is no such submission; what is decided of it later finds `released_at` set and has no preview.
 */
export async function releaseSubmission(
  db: Kysely<Database>,
  submission: number,
  actor: string,
  now: Temporal.Instant,
): Promise<Released | null> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("submission")
      .select(["released_at", "released_by"])
      .where("id", "=", submission)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return null;
    if (row.released_at !== null) return { releasedAt: row.released_at, releasedBy: row.released_by ?? "" };
    await trx
      .updateTable("submission")
      .set({ released_at: now.toString(), released_by: actor })
      .where("id", "=", submission)
      .execute();
    const shown = await showCases(trx, submission, now);
    const brought = await bringForward(trx, submission, now);
    const detail = { cases: shown, tellings: brought };
    await recordAudit(trx, {
      at: now,
      actor,
      action: "submission-released",
      subject: `submission ${submission}`,
      detail,
    });
    return { releasedAt: now, releasedBy: actor };
  });
}

async function showCases(trx: Transaction<Database>, submission: number, now: Temporal.Instant): Promise<number> {
  const { numAffectedRows } = await sql`update escalation set shown_at = ${now.toString()}
    where shown_at > ${now.toString()} and id in (
      select escalation from telling where state = 'waiting' and forums <> '{}' and ${submission} = any(caused_by)
      union select e.id from escalation e join observation o on o.series = e.series where o.submission = ${submission})`.execute(
    trx,
  );
  return Number(numAffectedRows ?? 0);
}

async function bringForward(trx: Transaction<Database>, submission: number, now: Temporal.Instant): Promise<number> {
  const held = await sql<{ digest: string | null }>`select distinct digest from telling
    where state = 'waiting' and forums <> '{}' and tell_at > ${now.toString()} and ${submission} = any(caused_by)`.execute(
    trx,
  );
  let brought = 0;
  // One statement a digest setting; a protocol has at most two.
  for (const { digest } of held.rows) {
    const tellAt = nextDigest(now, digest ?? undefined).toString();
    const { numAffectedRows } = await sql`update telling set tell_at = ${tellAt}
      where state = 'waiting' and forums <> '{}' and tell_at > ${tellAt} and digest is not distinct from ${digest}
        and ${submission} = any(caused_by)`.execute(trx);
    brought += Number(numAffectedRows ?? 0);
  }
  return brought;
}
