import { asPeriod, type Basis, type OrganisationKind, type Period } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import type { ProposalState } from "../tables/proposals.ts";
import type { Database } from "../tables.ts";

export const PROPOSAL_STATES = ["draft", "sent", "approved", "sent-back", "withdrawn"] as const;
export type { ProposalState } from "../tables/proposals.ts";

/** One row of a proposed set: limits of an organisation, of a level, or (with neither) of all; months, both included. */
export interface ProposedLimit {
  readonly metric: string;
  readonly organisation: string | null;
  readonly level: OrganisationKind | null;
  readonly basis: Basis;
  readonly board: number | null;
  readonly slt: number | null;
  readonly from: Period;
  readonly to: Period | null;
}

/** A proposed limit with the approved row of the same figures that held when it begins; null for none. */
export interface KeptLimit extends ProposedLimit {
  readonly replaces: {
    readonly board: number | null;
    readonly slt: number | null;
    readonly minute: string | null;
  } | null;
}

/** A set of limits that is decided as one, and how far it has come. */
export interface Proposal {
  readonly id: number;
  readonly forum: string;
  readonly title: string;
  readonly state: ProposalState;
  readonly revision: number;
  readonly proposedBy: string;
  readonly proposedAt: Temporal.Instant;
  readonly sentBy: string | null;
  readonly sentAt: Temporal.Instant | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Temporal.Instant | null;
  readonly minute: string | null;
  readonly reason: string | null;
  readonly version: number | null;
}

/** What somebody did with a proposal. */
export interface ProposalAct {
  readonly revision: number;
  readonly act: "proposed" | "changed" | "sent" | "approved" | "sent-back" | "withdrawn";
  readonly at: Temporal.Instant;
  readonly actor: string;
  /** The minute, the reason, or the title it was given. */
  readonly said: string | null;
}

const columns =
  sql.raw(`p.id, p.forum, p.title, p.state, p.revision, p.proposed_by as "proposedBy", p.proposed_at as "proposedAt",
  p.sent_by as "sentBy", p.sent_at as "sentAt", p.decided_by as "decidedBy", p.decided_at as "decidedAt", p.minute, p.reason,
  p.version`);

/**
 * The proposals before some forums (null: all) and those that `by` has proposed or sent, latest first, with how many rows each
 * has; below `before`, at most `limit`.
 */
export async function listProposals(
  db: Kysely<Database>,
  {
    forums,
    by,
    state,
    before,
    limit,
  }: {
    forums: readonly string[] | null;
    by: string;
    state?: string | undefined;
    before?: number | undefined;
    limit: number;
  },
): Promise<(Proposal & { readonly rows: number })[]> {
  const { rows } = await sql<Proposal & { rows: number }>`select ${columns},
      (select count(*)::int from threshold_proposal_row r where r.proposal = p.id and r.revision = p.revision) as rows
    from threshold_proposal p
    where (${forums}::text[] is null or p.forum = any(${forums}::text[]) or p.proposed_by = ${by} or p.sent_by = ${by})
      and (${state ?? null}::text is null or p.state = ${state ?? null})
      and (${before ?? null}::int is null or p.id < ${before ?? null}::int)
    order by p.id desc limit ${limit}`.execute(db);
  return rows;
}

/** One proposal; null where there is none. */
export async function findProposal(db: Kysely<Database>, id: number): Promise<Proposal | null> {
  const { rows } = await sql<Proposal>`select ${columns} from threshold_proposal p
    where p.id = ${id}::bigint`.execute(db);
  return rows[0] ?? null;
}

/** The same, held until the transaction ends, so that it is decided once. */
export async function lockProposal(trx: Transaction<Database>, id: number): Promise<Proposal | null> {
  const { rows } =
    await sql<Proposal>`select ${columns} from threshold_proposal p where p.id = ${id} for update`.execute(trx);
  return rows[0] ?? null;
}

interface LimitRow extends Omit<ProposedLimit, "from" | "to"> {
  readonly from: number;
  readonly to: number | null;
  readonly replaces: KeptLimit["replaces"];
}

/**
 * The approved limit in force, by id, that a proposed row `r` would stand in place of: of the same figures, when it begins. The
 * set's own rows are written as a set is; another may be approved before it is decided.
 */
export const replacedNow = sql`(select t.id from threshold t where t.until is null and t.status = 'approved' and t.metric = r.metric
  and t.organisation is not distinct from r.organisation and t.level is not distinct from r.level
  and t.from_period <= r.from_period and (t.to_period is null or t.to_period >= r.from_period)
  order by t.from_period desc limit 1)`;

/** The rows of one revision of a proposal, as they were written; what they replace as it is now, until they are decided. */
export async function limitsOfProposal(db: Kysely<Database>, id: number, revision: number): Promise<KeptLimit[]> {
  const { rows } = await sql<LimitRow>`select r.metric, r.organisation, r.level, r.basis, r.board, r.slt,
      r.from_period as "from", r.to_period as "to",
      case when t.id is not null then json_build_object('board', t.board, 'slt', t.slt, 'minute', t.minute) end as replaces
    from threshold_proposal_row r join threshold_proposal p on p.id = r.proposal
    left join threshold t on t.id = case when p.state in ('draft', 'sent', 'sent-back') then ${replacedNow} else r.replaces end
    where r.proposal = ${id} and r.revision = ${revision} order by r.place`.execute(db);
  return rows.map((row) => ({ ...row, from: asPeriod(row.from), to: row.to === null ? null : asPeriod(row.to) }));
}

/** What was done with a proposal, oldest first. */
export async function actsOfProposal(db: Kysely<Database>, id: number): Promise<ProposalAct[]> {
  const { rows } = await sql<ProposalAct>`select revision, act, at, actor, said from threshold_proposal_act
    where proposal = ${id} order by id`.execute(db);
  return rows;
}
