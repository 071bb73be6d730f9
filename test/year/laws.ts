import { sql } from "kysely";
import type { Pipeline } from "../harness/pipeline.ts";

/** Standing cases that their forums see and of which nobody is asked anything by a day: there is none at any time. */
export async function withoutNextStep({ db }: Pipeline): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    select concat_ws(' ', coalesce(e.metric, e.concern), e.organisation, 'at', c.now) as what
    from escalation e cross join clock c
    where e.standing and e.shown_at <= c.now and not exists (select from request r
      where r.escalation = e.id and r.ended_at is null and r.due_on is not null and cardinality(r.recipients) > 0)
      and not exists (select from action_plan_case pc join request r on r.plan = pc.plan and r.ended_at is null
        where pc.escalation = e.id and pc.ended_at is null)`.execute(db);
  return rows.map(({ what }) => what);
}

/** Who was told of one thing (a request, a move of a case) twice on one London day. */
export async function toldTwiceOnOneDay({ db }: Pipeline): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    with told as (
      select n.recipient, (n.sent_at at time zone 'Europe/London')::date as day,
        coalesce('request ' || coalesce(r.id::text, substring(t.key from '^request:([0-9]+):')), 'event ' || t.event, t.key) as thing
      from notice n join telling t on t.id = n.telling
      left join request r on 'request:' || r.key = t.key
      where n.status = 'sent')
    select concat_ws(' ', recipient, day, thing, count(*)) as what from told group by recipient, day, thing having count(*) > 1`.execute(
    db,
  );
  return rows.map(({ what }) => what);
}

/** Who was written to, at the moment of an act of their own, about the case that it was about. */
export async function toldOfOwnActs({ db }: Pipeline): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    with acts as (
      select pc.escalation, v.sent_by as by, v.sent_at as at, 'plan sent' as what from action_plan_revision v
        join action_plan_case pc on pc.plan = v.plan
      union all select pc.escalation, v.decided_by, v.decided_at, 'plan decided' from action_plan_revision v
        join action_plan_case pc on pc.plan = v.plan
      union all select pc.escalation, g.by, g.at, 'action rated' from action_rating g join action a on a.id = g.action
        join action_plan_case pc on pc.plan = a.plan
      union all select escalation, by, at, act from case_act
      union all select escalation, by, at, kind from answer
      union all select escalation, by, at, 'risk named' from risk_case
      union all select escalation, by, at, 'risk declined' from risk_declined)
    select distinct concat_ws(' ', acts.what, 'told to', n.recipient, 'of case', n.escalation, n.reason) as what
    from acts join notice n on n.escalation = acts.escalation and n.recipient = lower(acts.by) and n.made_at = acts.at
    where n.kind in ('request', 'follow-up')`.execute(db);
  return rows.map(({ what }) => what);
}

/** How many acts there are of each sort, so that nobody takes an empty year for a quiet one. */
export async function actsOfTheYear({ db }: Pipeline): Promise<Record<string, number>> {
  const { rows } = await sql<Record<string, number>>`select
    (select count(*)::int from action_plan_revision where decision = 'accepted') as "plans accepted",
    (select count(*)::int from action_plan_revision where decision = 'sent-back') as "plans sent back",
    (select count(*)::int from action_rating where aspect = 'delivery') as "actions done",
    (select count(*)::int from action_rating where aspect = 'embedding') as "actions embedded",
    (select count(*)::int from case_act where act = 'sign-off') as "cases signed off",
    (select count(*)::int from answer where kind = 'challenge') as "challenges answered",
    (select count(*)::int from risk_case) as "risks named",
    (select count(*)::int from risk_declined) as "risks declined",
    (select count(*)::int from commentary) as "commentaries"`.execute(db);
  return rows[0] ?? {};
}
