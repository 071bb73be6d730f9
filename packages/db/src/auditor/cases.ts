import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import { find, type Found, FOUND_AT_MOST } from "./found.ts";

/** An open request `q` that asks somebody. Each set of them is made once: looked for case by case it took seconds. */
const asksSomebody = sql`q.ended_at is null and cardinality(array_remove(q.recipients, '')) > 0`;

/** Cases that stand and are shown since before a moment, and of which nobody is asked anything by a day. */
export function casesWithoutStep(db: Kysely<Database>, before: Temporal.Instant | null): Promise<Found[]> {
  const at = before?.toString() ?? null;
  return find(
    db,
    sql<Found>`select 'Case ' || e.id || ', ' || coalesce(e.metric || ' of ', '') || e.organisation as what,
      '/escalations/' || e.id as place, greatest(e.raised_at, e.shown_at) as since
    from escalation e
    where e.standing and not e.withdrawn and e.shown_at <= ${at}::timestamptz and e.raised_at <= ${at}::timestamptz
      and e.id not in (select q.escalation from request q where q.escalation is not null and ${asksSomebody})
      and e.id not in (select c.escalation from request q left join action a on a.id = q.action
          join action_plan_case c on c.plan = coalesce(q.plan, a.plan) and c.ended_at is null
        where ${asksSomebody})
    order by e.id limit ${FOUND_AT_MOST}`,
  );
}

/** Cases whose tier, or whose standing, is not what their last event says. */
export function casesOffRecord(db: Kysely<Database>): Promise<Found[]> {
  return find(
    db,
    sql<Found>`select 'Case ' || e.id || ': its last event says ' || coalesce(l.event || ', ' || l.tier, 'nothing') as what,
      '/escalations/' || e.id as place, l.at as since
    from escalation e
      left join lateral (select event, tier, at from escalation_event v
        where v.escalation = e.id and v.replaced_at is null order by v.period desc limit 1) l on true
    where not e.withdrawn and case when e.standing
      then l.tier is distinct from e.tier or l.event in ('resolved', 'withdrawn')
      else coalesce(l.event not in ('resolved', 'withdrawn'), true) end
    order by e.id limit ${FOUND_AT_MOST}`,
  );
}

/** Cases of a series that stand elsewhere than its decision says. */
export function casesOffDecision(db: Kysely<Database>): Promise<Found[]> {
  return find(
    db,
    sql<Found>`select 'Case ' || e.id || ' stands before ' || e.tier || ', and its series before ' || d.tier as what,
      '/escalations/' || e.id as place, null::timestamptz as since
    from escalation e join series_decision d on d.series = e.series
      left join series_state s on s.series = e.series
    where e.standing and e.concern = 'performance' and d.tier <> e.tier and not coalesce(s.due, false)
    order by e.id limit ${FOUND_AT_MOST}`,
  );
}

/** Series that are decided to stand before a forum, at a level that becomes cases, and have none. */
export function decisionsWithoutCase(db: Kysely<Database>): Promise<Found[]> {
  return find(
    db,
    sql<Found>`select s.metric || ' of ' || s.organisation || ' should stand before ' || d.tier as what,
      '/series/' || s.metric || '/' || s.organisation as place, null::timestamptz as since
    from series_decision d join series s on s.id = d.series
      join organisation o on o.code = s.organisation and o.until is null
      join metric m on m.code = s.metric and m.until is null
      cross join (select body from protocol where until is null order by id desc limit 1) p
      left join series_state t on t.series = d.series
    where d.tier in ('board', 'slt') and not coalesce(t.due, false)
      and (not p.body ? 'escalate' or p.body -> 'escalate' ? o.kind)
      and not exists (select from escalation e where e.series = d.series and e.standing)
    order by s.id limit ${FOUND_AT_MOST}`,
  );
}
