import { nextDigest } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "./audit.ts";
import { disputedOf, holdDisputed } from "./disputes/hold-back.ts";
import { stopAskingToSign } from "./returns/sign-off.ts";
import type { Database } from "./tables.ts";

export interface Released {
  readonly releasedAt: Temporal.Instant;
  readonly releasedBy: string;
}

/**
 * Ends the preview of what a submission decided: its cases are in the forums' lists from `now`, and what the forums are
 * still to be told of it leaves at their digest's time; what is disputed of it waits on. Releasing again changes nothing. Ring tell afterwards. Null where
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
    await stopAskingToSign(trx, submission);
    const shown = await showCases(trx, submission, now);
    const brought = await bringForward(trx, submission, now);
    // A release ends no dispute: what is contested waits on, and the trail says so.
    await holdDisputed(trx, now);
    const disputed = await disputedOf(trx, submission);
    const detail = { cases: shown, tellings: brought, ...(disputed > 0 ? { disputed } : {}) };
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

/** Whether a release would do anything: the forums do not see a case of this submission yet, or hear of one only later. */
export async function isHeldBack(db: Kysely<Database>, submission: number, now: Temporal.Instant): Promise<boolean> {
  const at = now.toString();
  const { rows } = await sql<{ held: boolean; digests: { digest: string | null; last: string }[] }>`select
    not exists (select from submission where id = ${submission} and released_at is not null)
      and exists (select from escalation where shown_at > ${at} and id in (${casesOf(submission)})) as held,
    coalesce((select json_agg(t) from (
      select digest, max(tell_at) as last from telling
      where state = 'waiting' and forums <> '{}' and tell_at > ${at} and ${submission} = any(caused_by)
      group by digest) t), '[]') as digests`.execute(db);
  const [row] = rows;
  if (row === undefined) return false;
  const later = ({ digest, last }: { digest: string | null; last: string }) =>
    Temporal.Instant.compare(Temporal.Instant.from(last), nextDigest(now, digest ?? undefined)) > 0;
  return row.held || row.digests.some(later);
}

/** The cases that a submission made or moved, or that are of a series it spoke of. */
const casesOf = (submission: number) => sql`
  select escalation from telling where state = 'waiting' and forums <> '{}' and ${submission} = any(caused_by)
  union select e.id from escalation e join observation o on o.series = e.series where o.submission = ${submission}`;

async function showCases(trx: Transaction<Database>, submission: number, now: Temporal.Instant): Promise<number> {
  const { numAffectedRows } = await sql`update escalation set shown_at = ${now.toString()}
    where shown_at > ${now.toString()} and id in (${casesOf(submission)})`.execute(trx);
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
