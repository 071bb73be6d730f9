import { type Frequency, type Period, type PlanBody, planBody, type Tier } from "@signalbox/domain";
import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import { caseSeen, SEES_ALL, type Sight } from "../sight.ts";
import type { ActionPlanTable } from "../tables/follow-through.ts";
import type { Database } from "../tables.ts";

export const PLAN_STATES = ["draft", "sent", "accepted", "sent-back", "withdrawn"] as const;
export type PlanState = Selectable<ActionPlanTable>["state"];

/** A plan and how far it has come. */
export interface ActionPlan {
  readonly id: number;
  readonly organisation: string;
  readonly state: PlanState;
  /** The last one that was sent; 0 for a plan that never was. */
  readonly revision: number;
  /** What is being written and was not sent; null where nobody writes. */
  readonly draft: PlanBody | null;
  /** How often the draft was saved: whoever saves or sends says which one they saw. */
  readonly edition: number;
  readonly draftedBy: string | null;
  readonly draftedAt: Temporal.Instant | null;
  readonly madeBy: string;
  readonly madeAt: Temporal.Instant;
}

/** A plan as it was sent, and what was decided of it. */
export interface PlanRevision {
  readonly revision: number;
  readonly body: PlanBody;
  readonly sentBy: string;
  readonly sentAt: Temporal.Instant;
  readonly decision: "accepted" | "sent-back" | "withdrawn" | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Temporal.Instant | null;
  /** What is missing, of one sent back; else what was remarked. */
  readonly note: string | null;
}

/** A case that a plan is for. */
export interface CaseToPlan {
  readonly id: number;
  readonly series: number | null;
  readonly metric: string | null;
  readonly organisation: string;
  readonly area: string | null;
  readonly areas: readonly string[];
  readonly forum: string | null;
  readonly tier: Tier;
  readonly frequency: Frequency;
  readonly standing: boolean;
  readonly raisedIn: Period;
  /** The last period that was decided of it. */
  readonly lastPeriod: Period;
  /** The last period that its series has reached, which may not be shown to its forum yet. */
  readonly reachedPeriod: Period;
  readonly shownAt: Temporal.Instant;
}

/** A case that a plan answers, and how it came to. */
export interface CaseOfActionPlan extends CaseToPlan {
  readonly reason: string;
  readonly addedBy: string;
  readonly addedAt: Temporal.Instant;
}

const columns = sql.raw(`p.id, p.organisation, p.state, p.revision, p.draft, p.edition, p.drafted_by as "draftedBy",
  p.drafted_at as "draftedAt", p.made_by as "madeBy", p.made_at as "madeAt"`);

type PlanRow = Omit<ActionPlan, "draft"> & { readonly draft: unknown };

/** One plan; null where there is none. */
export async function findPlan(db: Kysely<Database>, id: number): Promise<ActionPlan | null> {
  const { rows } = await sql<PlanRow>`select ${columns} from action_plan p where p.id = ${id}::bigint`.execute(db);
  return rows[0] === undefined ? null : asPlan(rows[0]);
}

/** The same, held until the transaction ends, so that one act follows another. */
export async function lockPlan(trx: Transaction<Database>, id: number): Promise<ActionPlan | null> {
  const { rows } = await sql<PlanRow>`select ${columns} from action_plan p where p.id = ${id}::bigint
    for update`.execute(trx);
  return rows[0] === undefined ? null : asPlan(rows[0]);
}

function asPlan(row: PlanRow): ActionPlan {
  return { ...row, draft: row.draft === null ? null : planBody.parse(row.draft) };
}

/** Every revision of a plan, the first one first. */
export async function revisionsOf(db: Kysely<Database>, plan: number): Promise<PlanRevision[]> {
  const rows = await db
    .selectFrom("action_plan_revision")
    .selectAll()
    .where("plan", "=", plan)
    .orderBy("revision")
    .execute();
  return rows.map((row) => ({
    revision: row.revision,
    body: planBody.parse(row.body),
    sentBy: row.sent_by,
    sentAt: row.sent_at,
    decision: row.decision,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    note: row.note,
  }));
}

const caseColumns =
  sql.raw(`e.id, e.series, e.metric, e.organisation, e.area, coalesce(last.areas, '{}') as areas, e.forum,
  e.tier, e.frequency, e.standing, e.raised_in as "raisedIn", coalesce(last.period, e.raised_in) as "lastPeriod",
  e.shown_at as "shownAt", greatest(coalesce(last.period, e.raised_in), (select d.first_period
    + (cardinality(d.vals) - 1) * case e.frequency when 'quarterly' then 3 else 1 end from series_decision d
    where d.series = e.series)) as "reachedPeriod"`);

const lastEvent = sql.raw(`left join lateral (select period, areas from escalation_event x where x.escalation = e.id
  and x.replaced_at is null order by period desc limit 1) last on true`);

interface Asking {
  readonly sight: Sight;
  readonly now: Temporal.Instant;
}

/** The cases that a plan answers and that are seen; those that stand first, then the oldest. */
export async function casesOfPlan(db: Kysely<Database>, plan: number, asking: Asking): Promise<CaseOfActionPlan[]> {
  const { rows } = await sql<CaseOfActionPlan>`
    select ${caseColumns}, c.reason, c.added_by as "addedBy", c.added_at as "addedAt"
    from action_plan_case c join escalation e on e.id = c.escalation ${lastEvent}
    where c.plan = ${plan} and c.ended_at is null and ${caseSeen(asking.sight, asking.now)}
    order by e.standing desc, e.id`.execute(db);
  return rows;
}

/** Cases for which a plan may be begun, as they are seen; without how they came to a plan. */
export async function readCasesToPlan(
  db: Kysely<Database>,
  escalations: readonly number[],
  { sight, now }: Asking,
): Promise<CaseToPlan[]> {
  const { rows } = await sql<CaseToPlan>`select ${caseColumns} from escalation e ${lastEvent}
    where e.id = any(${[...escalations]}::bigint[]) and ${caseSeen(sight, now)} order by e.id`.execute(db);
  return rows;
}

/** All cases that a plan answers, whoever asks. */
export function everyCaseOf(db: Kysely<Database>, plan: number, now: Temporal.Instant): Promise<CaseOfActionPlan[]> {
  return casesOfPlan(db, plan, { sight: SEES_ALL, now });
}

/** A plan's actions as they hold, by number: the days by which they are due may have been agreed anew since it was accepted. */
export async function actionsThatHold(
  db: Kysely<Database>,
  plan: number,
): Promise<ReadonlyMap<number, { readonly id: number; readonly dueOn: string }>> {
  const rows = await db
    .selectFrom("action")
    .select(["id", "number", "due_on"])
    .where("plan", "=", plan)
    .where("dropped_in", "is", null)
    .execute();
  return new Map(rows.map((row) => [row.number, { id: row.id, dueOn: row.due_on }]));
}

/** What somebody does with a plan, and when. */
export interface ActingOnPlan {
  /** An e-mail address, "key NAME" or "operator". */
  readonly by: string;
  readonly now: Temporal.Instant;
}

/** Why nothing was done: there is no such plan, or it is no longer as the one who acts has seen it. */
export type PlanUnchanged = { readonly kind: "gone" } | { readonly kind: "stale"; readonly plan: ActionPlan };
