import { asPeriod, dayOf } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import { lockCatalogue } from "../catalogue/catalogue-lock.ts";
import type { MadeDue } from "../catalogue/touched.ts";
import { type TellingRow, writeTellings } from "../evaluation/write-tellings.ts";
import type { Database } from "../tables.ts";
import {
  limitsOfProposal,
  lockProposal,
  type Proposal,
  replacedNow,
  type ProposalState,
  type ProposedLimit,
} from "./proposals.ts";
import { type Acting, recordAct, type Unchanged } from "./propose.ts";
import { type LimitToPut, putLimits } from "./put-limits.ts";

/** What became of sending or deciding a proposal. `due` not 0: ring assess-series. */
export type Decided =
  | { readonly kind: "done"; readonly version: number; readonly due: MadeDue }
  | Unchanged
  /** Another set that waits has limits of the same figures from the same month. */
  | { readonly kind: "taken"; readonly by: number; readonly title: string }
  /** What a limit is of is no longer in the catalogue, or another board's now. */
  | { readonly kind: "outdated"; readonly what: string }
  /** Who has a hand in a set does not approve it. */
  | { readonly kind: "own" };

/** What is told of a decision, given the proposal as it was; null for nothing. */
export type Telling = (proposal: Proposal, rows: readonly ProposedLimit[]) => TellingRow | null;

interface Deciding extends Acting {
  readonly id: number;
  readonly revision: number;
  readonly telling: Telling;
}

/** Sends a draft to its board's chair: from now on its limits rate provisionally. */
export async function sendProposal(
  db: Kysely<Database>,
  { id, revision, telling, actor, now }: Deciding,
): Promise<Decided> {
  return db.transaction().execute(async (trx) => {
    await lockCatalogue(trx);
    const held = await inState(trx, { id, revision, states: ["draft"] });
    if ("kind" in held) return held;
    const what = await outdated(trx, held);
    if (what !== null) return { kind: "outdated", what };
    const rows = await limitsOfProposal(trx, id, revision);
    const taken = await draftsTaken(trx, id, revision);
    const other = taken.find(({ proposal }) => proposal !== null);
    if (other !== undefined) return { kind: "taken", by: other.proposal ?? 0, title: other.title ?? "" };
    await sql`update threshold_proposal_row p set displaced = v.threshold
      from jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) as v(place int, threshold bigint)
      where p.proposal = ${id} and p.revision = ${revision} and p.place = v.place`.execute(trx);
    const put = rows.map((row): LimitToPut => ({
      ...row,
      status: "draft",
      approvedOn: null,
      minute: null,
      proposal: id,
    }));
    const { version, due } = await putLimits(trx, { out: [], put }, { actor, now });
    await setState(trx, id, {
      state: "sent",
      sent_by: actor,
      sent_at: now.toString(),
      decided_by: null,
      decided_at: null,
    });
    return finish(trx, { proposal: held, rows, act: "sent", said: null, telling, version, due }, { actor, now });
  });
}

/** Approves a set under one minute's reference: its drafts give way to approved limits, in force from their months on. */
export async function approveProposal(
  db: Kysely<Database>,
  {
    id,
    revision,
    minute,
    telling,
    actor,
    now,
    behalf,
  }: Deciding & { readonly minute: string; readonly behalf?: string },
): Promise<Decided> {
  return db.transaction().execute(async (trx) => {
    await lockCatalogue(trx);
    const held = await inState(trx, { id, revision, states: ["sent"] });
    if ("kind" in held) return held;
    const decidedBy = behalf ?? actor;
    if (await hadAHand(trx, id, [actor, decidedBy])) return { kind: "own" };
    const what = await outdated(trx, held);
    if (what !== null) return { kind: "outdated", what };
    const rows = await limitsOfProposal(trx, id, revision);
    await sql`update threshold_proposal_row r set replaces = ${replacedNow}
      where r.proposal = ${id} and r.revision = ${revision}`.execute(trx);
    const approvedOn = dayOf(now).toString();
    const approved = rows.map((row): LimitToPut => ({ ...row, status: "approved", approvedOn, minute, proposal: id }));
    const { version, due } = await putLimits(trx, await draftsOut(trx, id, revision, approved), { actor, now });
    await setState(trx, id, { state: "approved", decided_by: decidedBy, decided_at: now.toString(), minute, version });
    return finish(
      trx,
      { proposal: { ...held, minute }, rows, act: "approved", said: minute, telling, version, due },
      { actor, now },
    );
  });
}

/** Sends a set back with a reason, or withdraws it: its drafts are in force no longer, and what they stood for is again. */
export async function endProposal(
  db: Kysely<Database>,
  {
    id,
    revision,
    reason,
    telling,
    actor,
    now,
    as,
  }: Deciding & { readonly as: "sent-back" | "withdrawn"; readonly reason: string | null },
): Promise<Decided> {
  return db.transaction().execute(async (trx) => {
    await lockCatalogue(trx);
    const states: ProposalState[] = as === "sent-back" ? ["sent"] : ["draft", "sent", "sent-back"];
    const held = await inState(trx, { id, revision, states });
    if ("kind" in held) return held;
    const rows = await limitsOfProposal(trx, id, revision);
    const { out, put } = await draftsOut(trx, id, revision, []);
    const { version, due } =
      out.length + put.length === 0
        ? { version: 0, due: { series: 0, organisations: 0 } }
        : await putLimits(trx, { out, put }, { actor, now });
    await setState(trx, id, { state: as, decided_by: actor, decided_at: now.toString(), reason });
    return finish(
      trx,
      { proposal: { ...held, reason }, rows, act: as, said: reason, telling, version, due },
      { actor, now },
    );
  });
}

type Finishing = {
  proposal: Proposal;
  rows: readonly ProposedLimit[];
  act: "sent" | "approved" | "sent-back" | "withdrawn";
  said: string | null;
  telling: Telling;
  version: number;
  due: MadeDue;
};

async function finish(
  trx: Transaction<Database>,
  { proposal, rows, act, said, telling, version, due }: Finishing,
  acting: Acting,
): Promise<Decided> {
  await recordAct(trx, { id: proposal.id, revision: proposal.revision, act, said }, acting);
  const told = telling(proposal, rows);
  if (told !== null) await writeTellings(trx, [told]);
  return { kind: "done", version, due };
}

async function inState(
  trx: Transaction<Database>,
  { id, revision, states }: { id: number; revision: number; states: readonly ProposalState[] },
): Promise<Proposal | Unchanged> {
  const held = await lockProposal(trx, id);
  if (held === null) return { kind: "gone" };
  const isSame = held.revision === revision && states.includes(held.state);
  return isSame ? held : { kind: "stale", state: held.state, revision: held.revision };
}

async function setState(
  trx: Transaction<Database>,
  id: number,
  set: { state: ProposalState; [column: string]: string | number | null },
): Promise<void> {
  await trx.updateTable("threshold_proposal").set(set).where("id", "=", id).execute();
}

/** The code of a metric or an organisation that is gone since the set was written, or a metric of another board now; null for none. */
async function outdated(trx: Transaction<Database>, { id, revision, forum }: Proposal): Promise<string | null> {
  const { rows } = await sql<{
    what: string;
  }>`select case when m.code is null then r.metric else r.organisation end as what
    from threshold_proposal_row r
    left join metric m on m.code = r.metric and m.until is null and m.area = ${forum}
    left join organisation o on o.code = r.organisation and o.until is null
    where r.proposal = ${id} and r.revision = ${revision}
      and (m.code is null or (r.organisation is not null and o.code is null))
    order by r.place limit 1`.execute(trx);
  return rows[0]?.what ?? null;
}

/** Whether one of these people proposed, changed or sent it, in any of its revisions. */
async function hadAHand(trx: Transaction<Database>, id: number, actors: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ had: boolean }>`select exists (select from threshold_proposal_act where proposal = ${id}
    and act in ('proposed', 'changed', 'sent') and lower(actor) = any(${actors.map((one) => one.toLowerCase())}::text[])) as had`.execute(
    trx,
  );
  return rows[0]?.had ?? true;
}

/** The drafts in force in whose place those of a proposal would stand: a folder's, or another proposal's. */
async function draftsTaken(trx: Transaction<Database>, id: number, revision: number) {
  const { rows } = await sql<{ place: number; threshold: number; proposal: number | null; title: string | null }>`
    select r.place, o.id as threshold, o.proposal, p.title
    from threshold_proposal_row r
    join threshold o on o.until is null and o.status = 'draft' and o.metric = r.metric and o.from_period = r.from_period
      and o.organisation is not distinct from r.organisation and o.level is not distinct from r.level
    left join threshold_proposal p on p.id = o.proposal
    where r.proposal = ${id} and r.revision = ${revision}`.execute(trx);
  return rows;
}

interface Restored extends Omit<LimitToPut, "from" | "to"> {
  readonly from: number;
  readonly to: number | null;
}

/**
 * Takes a proposal's drafts out of force, puts those back whose place they took, and with them `put`. Where a folder has brought
 * a draft of its own meanwhile, that one stays.
 */
async function draftsOut(trx: Transaction<Database>, id: number, revision: number, put: readonly LimitToPut[]) {
  const { rows: drafts } = await sql<{ id: number }>`select id from threshold
    where until is null and status = 'draft' and proposal = ${id}`.execute(trx);
  const { rows: restored } =
    drafts.length === 0
      ? { rows: [] }
      : await sql<Restored>`select t.metric, t.organisation, t.level, t.basis, t.board, t.slt, t.from_period as "from", t.to_period as "to",
          t.status, t.approved_on as "approvedOn", t.minute, null as proposal
        from threshold_proposal_row r join threshold t on t.id = r.displaced
        join threshold d on d.until is null and d.status = 'draft' and d.proposal = ${id} and d.metric = t.metric
          and d.organisation is not distinct from t.organisation and d.level is not distinct from t.level
          and d.from_period = t.from_period
        where r.proposal = ${id} and r.revision = ${revision}`.execute(trx);
  const again = restored.map((row): LimitToPut => ({
    ...row,
    from: asPeriod(row.from),
    to: row.to === null ? null : asPeriod(row.to),
  }));
  return { out: drafts.map((draft) => draft.id), put: [...again, ...put] };
}
