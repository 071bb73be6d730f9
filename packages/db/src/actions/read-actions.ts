import {
  type Aspect,
  dayOf,
  embeddingDue,
  type HoldingRating,
  type Period,
  type Rating,
  ratingNow,
} from "@signalbox/domain";
import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import { caseSeen, SEES_ALL, type Sight } from "../sight.ts";
import type { Database } from "../tables.ts";
import { isVisible } from "../visible-organisations.ts";
import { embeddedWithin, type PlanAround, plansAround } from "./plan-around.ts";

/** What a person said last of an aspect. */
export interface LastGiven {
  readonly rating: Rating;
  readonly reason: string;
  readonly explanation: string;
  readonly mitigation: string;
  readonly by: string;
  readonly at: Temporal.Instant;
}

/** One aspect of an action as it is rated today. */
export interface RatedAspect extends HoldingRating {
  /** Null where no day is set: of embedding before the delivery, and where the protocol has no clock for it. */
  readonly dueOn: Temporal.PlainDate | null;
  readonly doneOn: Temporal.PlainDate | null;
  readonly given: LastGiven | null;
}

/** An action of an accepted plan. */
export interface Action {
  readonly id: number;
  readonly plan: number;
  readonly number: number;
  readonly what: string;
  readonly owner: string;
  readonly startsOn: string | null;
  /** The day that holds. */
  readonly agreedDay: Temporal.PlainDate;
  readonly droppedIn: number | null;
  readonly organisation: string;
  readonly organisationName: string;
  /** What the plan's case is about. */
  readonly title: string;
  readonly forum: string | null;
  /** The cases that the plan answers and that are seen. */
  readonly cases: readonly number[];
  readonly effect: {
    readonly metric: string;
    readonly organisation: string;
    readonly by: number | null;
    readonly in: Period | null;
  } | null;
  readonly evidence: number;
  readonly delivery: RatedAspect;
  /** Counts only once it is delivered. */
  readonly embedding: RatedAspect;
}

export interface ActionFilter {
  readonly sight: Sight;
  /** Whoever asks sees their own, by these addresses in small letters, whatever else they see. */
  readonly me: readonly string[];
  readonly ids?: readonly number[] | undefined;
  readonly plan?: number | undefined;
  readonly escalation?: number | undefined;
  readonly organisation?: string | undefined;
  readonly forum?: string | undefined;
  /** Addresses in small letters. */
  readonly owners?: readonly string[] | undefined;
  /** Of an action's delivery, or once it is delivered its embedding: as it is rated today. */
  readonly rating?: Rating | undefined;
  /** Those too that a later revision left out. */
  readonly dropped?: boolean | undefined;
}

interface GivenRow extends LastGiven {
  readonly doneOn: string | null;
}

interface ActionRow {
  readonly id: number;
  readonly plan: number;
  readonly number: number;
  readonly what: string;
  readonly owner: string;
  readonly startsOn: string | null;
  readonly dueOn: string;
  readonly droppedIn: number | null;
  readonly cases: readonly number[];
  readonly effectMetric: string | null;
  readonly effectOrganisation: string | null;
  readonly effectBy: number | null;
  readonly effectIn: Period | null;
  readonly evidence: number;
  readonly agreedAt: Temporal.Instant | null;
  readonly delivery: (Omit<GivenRow, "at"> & { readonly at: string }) | null;
  readonly embedding: (Omit<GivenRow, "at"> & { readonly at: string }) | null;
}

/** The rating that stands first where two are to be told apart: of delivery until it is delivered, then of embedding. */
export function leadingRating({ delivery, embedding }: Pick<Action, "delivery" | "embedding">): Rating {
  return delivery.rating === "complete" ? embedding.rating : delivery.rating;
}

/** The actions that somebody may see and asks for, in order of their number. */
export async function listActions(
  db: Kysely<Database>,
  filter: ActionFilter,
  now: Temporal.Instant,
): Promise<Action[]> {
  const { rows } = await sql<ActionRow>`${actionsWhere(filter, now)} order by a.id`.execute(db);
  const actions = await asActions(db, rows, now);
  return filter.rating === undefined ? actions : actions.filter((one) => leadingRating(one) === filter.rating);
}

/** One action; null where there is none that they may see. */
export async function findAction(
  db: Kysely<Database>,
  id: number,
  { sight, me, now }: Pick<ActionFilter, "sight" | "me"> & { now: Temporal.Instant },
): Promise<Action | null> {
  const [found] = await listActions(db, { sight, me, ids: [id], dropped: true }, now);
  return found ?? null;
}

/** The same, whoever asks, held until the transaction ends. */
export async function lockAction(
  trx: Transaction<Database>,
  id: number,
  now: Temporal.Instant,
): Promise<Action | null> {
  // The plan is held too: what follows a delivery counts all its actions.
  await sql`select from action_plan where id = (select plan from action where id = ${id}::bigint) for update`.execute(
    trx,
  );
  const filter = { sight: SEES_ALL, me: [], ids: [id], dropped: true };
  const { rows } = await sql<ActionRow>`${actionsWhere(filter, now)} for update of a`.execute(trx);
  return (await asActions(trx, rows, now))[0] ?? null;
}

function actionsWhere(filter: ActionFilter, now: Temporal.Instant): RawBuilder<ActionRow> {
  const { sight, me, ids, plan, escalation, organisation, forum, owners, dropped } = filter;
  const ofCase = (condition: RawBuilder<unknown>) => sql`exists (select from action_plan_case pc
    join escalation e on e.id = pc.escalation where pc.plan = a.plan and pc.ended_at is null and ${condition})`;
  const conditions = [
    sql`(lower(a.owner) = any(${[...me]}::text[]) or ${isVisible("p.organisation", sight.organisations)} or ${ofCase(caseSeen(sight, now))})`,
    ...(ids === undefined ? [] : [sql`a.id = any(${[...ids]}::bigint[])`]),
    ...(plan === undefined ? [] : [sql`a.plan = ${plan}::bigint`]),
    ...(escalation === undefined ? [] : [ofCase(sql`e.id = ${escalation}::bigint`)]),
    ...(organisation === undefined ? [] : [sql`p.organisation = ${organisation}`]),
    ...(forum === undefined ? [] : [ofCase(sql`(e.forum = ${forum} or e.area = ${forum})`)]),
    ...(owners === undefined ? [] : [sql`lower(a.owner) = any(${[...owners]}::text[])`]),
    ...(dropped === true ? [] : [sql`a.dropped_in is null`]),
  ];
  return sql`select a.id, a.plan, a.number, a.what, a.owner, a.starts_on as "startsOn",
      coalesce((select r.due_on from request r where r.action = a.id and r.kind = 'action' and r.ended_at is null limit 1), a.due_on) as "dueOn",
      a.dropped_in as "droppedIn",
      array(select e.id from action_plan_case pc join escalation e on e.id = pc.escalation
        where pc.plan = a.plan and pc.ended_at is null and ${caseSeen(sight, now)} order by e.id) as cases,
      s.metric as "effectMetric", s.organisation as "effectOrganisation", a.effect_by as "effectBy", a.effect_in as "effectIn",
      (select count(*)::int from evidence ev where ev.action = a.id and ev.removed_at is null) as evidence,
      (select max(d.at) from request_date d join request r on r.id = d.request where r.action = a.id and r.kind = 'action') as "agreedAt",
      ${lastGiven("delivery")} as delivery, ${lastGiven("embedding")} as embedding
    from action a join action_plan p on p.id = a.plan left join series s on s.id = a.effect_series
    where ${sql.join(conditions, sql` and `)}`;
}

function lastGiven(aspect: Aspect) {
  return sql`(select jsonb_build_object('rating', g.rating, 'reason', g.reason, 'explanation', g.explanation,
    'mitigation', g.mitigation, 'by', g.by, 'at', g.at, 'doneOn', g.done_on)
    from action_rating g where g.action = a.id and g.aspect = ${aspect} order by g.id desc limit 1)`;
}

async function asActions(db: Kysely<Database>, rows: readonly ActionRow[], now: Temporal.Instant): Promise<Action[]> {
  if (rows.length === 0) return [];
  const around = await plansAround(db, [...new Set(rows.map(({ plan }) => plan))]);
  return rows.flatMap((row) => {
    const plan = around.get(row.plan);
    return plan === undefined ? [] : [asAction(row, plan, dayOf(now))];
  });
}

function asAction(row: ActionRow, plan: PlanAround, today: Temporal.PlainDate): Action {
  const agreedDay = Temporal.PlainDate.from(row.dueOn);
  const delivery = aspectOf(row.delivery, { dueOn: agreedDay, agreedAt: row.agreedAt }, today);
  const embeddedBy = delivery.doneOn === null ? null : embeddingDue(delivery.doneOn, embeddedWithin(plan));
  const { effectMetric, effectOrganisation } = row;
  return {
    id: row.id,
    plan: row.plan,
    number: row.number,
    what: row.what,
    owner: row.owner,
    startsOn: row.startsOn,
    agreedDay,
    droppedIn: row.droppedIn,
    organisation: plan.organisation,
    organisationName: plan.organisationName,
    title: plan.title,
    forum: plan.forum,
    cases: row.cases,
    effect:
      effectMetric === null || effectOrganisation === null
        ? null
        : { metric: effectMetric, organisation: effectOrganisation, by: row.effectBy, in: row.effectIn },
    evidence: row.evidence,
    delivery,
    embedding: aspectOf(row.embedding, { dueOn: embeddedBy, agreedAt: null }, today),
  };
}

/** A rating from before the day was agreed anew says nothing of the new day. */
function aspectOf(
  row: ActionRow["delivery"],
  { dueOn, agreedAt }: { dueOn: Temporal.PlainDate | null; agreedAt: Temporal.Instant | null },
  today: Temporal.PlainDate,
): RatedAspect {
  if (row === null) return { dueOn, doneOn: null, given: null, ...ratingNow(null, { dueOn, doneOn: null }, today) };
  const { doneOn: done, ...given } = { ...row, at: Temporal.Instant.from(row.at) };
  const doneOn = done === null ? null : Temporal.PlainDate.from(done);
  const counts = agreedAt === null || Temporal.Instant.compare(given.at, agreedAt) >= 0;
  const said = counts ? { rating: given.rating, reason: given.reason, on: dayOf(given.at) } : null;
  return { dueOn, doneOn, given, ...ratingNow(said, { dueOn, doneOn }, today) };
}
