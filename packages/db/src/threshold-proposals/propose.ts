import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import type { Database } from "../tables.ts";
import { lockProposal, type ProposalAct, type ProposedLimit } from "./proposals.ts";

/** Who does something, and when. */
export interface Acting {
  readonly actor: string;
  readonly now: Temporal.Instant;
}

/** What somebody writes: a set of limits of one board. */
export interface ProposalText {
  readonly title: string;
  readonly rows: readonly ProposedLimit[];
}

/** Keeps a new proposal as a draft; its id. Nothing of it rates anything until it is sent. */
export async function createProposal(
  db: Kysely<Database>,
  { forum, title, rows }: ProposalText & { readonly forum: string },
  { actor, now }: Acting,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto("threshold_proposal")
      .values({
        forum,
        title,
        proposed_by: actor,
        proposed_at: now.toString(),
        sent_by: null,
        decided_by: null,
        minute: null,
        reason: null,
        version: null,
        trial: null,
        trial_of: null,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await writeRows(trx, { id, revision: 1 }, rows);
    await recordAct(trx, { id, revision: 1, act: "proposed", said: title }, { actor, now });
    return id;
  });
}

/** Why nothing was done: it is gone, or it is no longer as the one who acts has seen it. */
export type Unchanged =
  | { readonly kind: "gone" }
  | { readonly kind: "stale"; readonly state: string; readonly revision: number };

/** Writes a new revision of a draft, or of what was sent back; what was written before is kept. */
export async function changeProposal(
  db: Kysely<Database>,
  { id, revision, title, rows }: ProposalText & { readonly id: number; readonly revision: number },
  { actor, now }: Acting,
): Promise<{ readonly kind: "changed"; readonly revision: number } | Unchanged> {
  return db.transaction().execute(async (trx) => {
    const held = await lockProposal(trx, id);
    if (held === null) return { kind: "gone" };
    if (held.revision !== revision || (held.state !== "draft" && held.state !== "sent-back"))
      return { kind: "stale", state: held.state, revision: held.revision };
    const next = revision + 1;
    await trx
      .updateTable("threshold_proposal")
      .set({
        title,
        revision: next,
        state: "draft",
        reason: null,
        decided_by: null,
        decided_at: null,
        trial: null,
        trial_of: null,
      })
      .where("id", "=", id)
      .execute();
    await writeRows(trx, { id, revision: next }, rows);
    await recordAct(trx, { id, revision: next, act: "changed", said: title }, { actor, now });
    return { kind: "changed", revision: next };
  });
}

async function writeRows(
  trx: Transaction<Database>,
  { id, revision }: { id: number; revision: number },
  rows: readonly ProposedLimit[],
): Promise<void> {
  await sql`insert into threshold_proposal_row
      (proposal, revision, place, metric, organisation, level, basis, board, slt, from_period, to_period, replaces)
    select ${id}::int, ${revision}::int, r.place, r.metric, r.organisation, r.level, r.basis, r.board, r.slt, r."from", r."to",
      (select t.id from threshold t where t.until is null and t.status = 'approved' and t.metric = r.metric
        and t.organisation is not distinct from r.organisation and t.level is not distinct from r.level
        and t.from_period <= r."from" and (t.to_period is null or t.to_period >= r."from")
        order by t.from_period desc limit 1)
    from jsonb_to_recordset(${JSON.stringify(rows.map((row, place) => ({ ...row, place })))}::jsonb)
      as r(place int, metric text, organisation text, level text, basis text, board float8, slt float8, "from" int, "to" int)`.execute(
    trx,
  );
}

/** Adds a line to a proposal's history and to the audit trail. */
export async function recordAct(
  trx: Transaction<Database>,
  { id, revision, act, said }: { id: number; revision: number; act: ProposalAct["act"]; said: string | null },
  { actor, now }: Acting,
): Promise<void> {
  await trx
    .insertInto("threshold_proposal_act")
    .values({ proposal: id, revision, act, at: now.toString(), actor, said })
    .execute();
  await recordAudit(trx, {
    at: now,
    actor,
    action: `limits-${act}`,
    subject: `proposal ${id}`,
    detail: { revision, said },
  });
}
