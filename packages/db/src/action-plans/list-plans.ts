import { type Kysely, sql } from "kysely";
import { caseSeen, type Sight } from "../sight.ts";
import type { Database } from "../tables.ts";
import { isVisible } from "../visible-organisations.ts";
import type { PlanState } from "./plans.ts";

/** A plan in a list. */
export interface ListedPlan {
  readonly id: number;
  readonly organisation: string;
  readonly state: PlanState;
  readonly revision: number;
  /** Whether something is written that was not sent; said to those alone who see the whole plan. */
  readonly hasDraft: boolean;
  readonly cases: readonly { readonly id: number; readonly metric: string | null; readonly forum: string | null }[];
  readonly sentAt: Temporal.Instant | null;
  readonly actions: number;
  /** The earliest day by which somebody is asked for something of this plan; null where nothing is. */
  readonly nextDue: string | null;
  /** Whether that day is past. */
  readonly overdue: boolean;
}

export interface PlanFilter {
  readonly sight: Sight;
  readonly now: Temporal.Instant;
  /** London's day of `now`. */
  readonly today: string;
  readonly id?: number | undefined;
  readonly organisation?: string | undefined;
  /** A forum that one of its cases stands, or stood, before. */
  readonly forum?: string | undefined;
  readonly state?: PlanState | undefined;
  readonly escalation?: number | undefined;
  readonly overdue?: boolean | undefined;
}

/**
 * A condition on the row `p` of `action_plan`: a plan of a visible organisation, drafts too; or one that was sent and answers a
 * case that is seen.
 */
export function planSeen(sight: Sight, now: Temporal.Instant) {
  return sql<boolean>`(${isVisible("p.organisation", sight.organisations)} or p.revision > 0 and exists (
    select from action_plan_case pc join escalation e on e.id = pc.escalation
    where pc.plan = p.id and pc.ended_at is null and ${caseSeen(sight, now)}))`;
}

/** Plans that are seen, latest first, at most `limit` after `offset`; and how many there are in all. */
export async function listPlans(
  db: Kysely<Database>,
  filter: PlanFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ readonly rows: readonly ListedPlan[]; readonly total: number }> {
  const { sight, now } = filter;
  const { rows } = await sql<ListedPlan & { total: number }>`
    select p.id, p.organisation, p.state, p.revision, count(*) over ()::int as total,
      p.draft is not null and ${isVisible("p.organisation", sight.organisations)} as "hasDraft",
      coalesce((select json_agg(json_build_object('id', e.id, 'metric', e.metric, 'forum', e.forum) order by e.id)
        from action_plan_case pc join escalation e on e.id = pc.escalation
        where pc.plan = p.id and pc.ended_at is null and ${caseSeen(sight, now)}), '[]') as cases,
      (select r.sent_at from action_plan_revision r where r.plan = p.id and r.revision = p.revision) as "sentAt",
      (select count(*)::int from action a where a.plan = p.id and a.dropped_in is null) as actions,
      asked.due as "nextDue", coalesce(asked.due < ${filter.today}::date, false) as overdue
    from action_plan p
    left join lateral (select min(r.due_on) as due from request r where r.ended_at is null
      and (r.plan = p.id or r.action in (select id from action a where a.plan = p.id))) asked on true
    where ${planSeen(sight, now)} and ${matching(filter)}
    order by p.id desc limit ${limit} offset ${offset}`.execute(db);
  return { rows, total: rows[0]?.total ?? 0 };
}

function matching({ id, organisation, forum, state, escalation, overdue, today }: PlanFilter) {
  const answers = (condition: ReturnType<typeof sql>) => sql`exists (select from action_plan_case pc
    join escalation e on e.id = pc.escalation where pc.plan = p.id and pc.ended_at is null and ${condition})`;
  const conditions = [
    id === undefined ? sql`true` : sql`p.id = ${id}`,
    organisation === undefined ? sql`true` : sql`p.organisation = ${organisation}`,
    forum === undefined ? sql`true` : answers(sql`(e.forum = ${forum} or e.area = ${forum})`),
    state === undefined ? sql`true` : sql`p.state = ${state}`,
    escalation === undefined ? sql`true` : answers(sql`e.id = ${escalation}`),
    overdue === undefined ? sql`true` : sql`coalesce(asked.due < ${today}::date, false) = ${overdue}`,
  ];
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

/** The plans that answer a case, as its page names them, latest first. */
export async function plansOfCase(
  db: Kysely<Database>,
  escalation: number,
  asked: Pick<PlanFilter, "sight" | "now" | "today">,
): Promise<readonly ListedPlan[]> {
  return (await listPlans(db, { ...asked, escalation }, { offset: 0, limit: 20 })).rows;
}

/** Whether a plan is seen. */
export async function planIsSeen(
  db: Kysely<Database>,
  id: number,
  { sight, now }: Pick<PlanFilter, "sight" | "now">,
): Promise<boolean> {
  const { rows } = await sql`select from action_plan p where p.id = ${id}::bigint and ${planSeen(sight, now)}`.execute(
    db,
  );
  return rows.length > 0;
}

/** The addresses that were asked for a plan of these cases, in small letters. */
export async function askedForPlan(db: Kysely<Database>, escalations: readonly number[]): Promise<string[]> {
  const { rows } = await sql<{ address: string }>`select distinct lower(address) as address
    from request r cross join unnest(r.recipients) address
    where r.kind = 'action-plan' and r.escalation = any(${[...escalations]}::bigint[])`.execute(db);
  return rows.map(({ address }) => address);
}
