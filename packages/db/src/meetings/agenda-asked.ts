import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import type { AgendaSpan } from "./agenda-cases.ts";
import type { AgendaInvestment, AgendaLimits, AgendaRequest } from "./agenda-facts.ts";

/**
 * What was open by a moment: of these cases, what goes onto the forum's agenda, and what is of its area and of no case; for the SLT
 * whatever went as far as its summary. Nothing of a case that the forum was not shown.
 */
export async function openRequests(
  db: Kysely<Database>,
  { forum, tier, asOf }: AgendaSpan,
  cases: readonly number[],
): Promise<AgendaRequest[]> {
  const to = sql`${asOf.toString()}::timestamptz`;
  const isOfSummary = tier === "slt" ? sql`q.stage = 'in-summary'` : sql`false`;
  const { rows } = await sql<AgendaRequest>`
    select q.id, q.kind, q.escalation, coalesce(s.metric, e.metric) as metric, q.organisation, q.recipients,
      (q.asked_at at time zone 'Europe/London')::date::text as "askedOn", q.due_on::text as "dueOn", q.stage, q.quiet, q.plan,
      q.paused_until::text as "pausedUntil", q.why
    from request q
    left join series s on s.id = q.series
    left join escalation e on e.id = q.escalation
    left join metric m on m.code = s.metric and m.until is null
    where q.asked_at <= ${to} and (q.ended_at is null or q.ended_at > ${to})
      and (q.escalation = any(${[...cases]}::bigint[])
        or (e.id is null or e.shown_at <= ${to})
          and (q.forum = ${forum} or e.id is null and m.area = ${forum} or ${isOfSummary}))
    order by q.due_on, q.id`.execute(db);
  return rows;
}

/** Sets of limits that wait for the forum's chair, and what accepted plans ask for that no forum has decided. */
export async function waitingDecisions(
  db: Kysely<Database>,
  { forum, asOf }: AgendaSpan,
  cases: readonly number[],
): Promise<{ limits: AgendaLimits[]; investments: AgendaInvestment[] }> {
  const to = sql`${asOf.toString()}::timestamptz`;
  const { rows } = await sql<{ limits: AgendaLimits[]; investments: AgendaInvestment[] }>`select
    (select coalesce(json_agg(json_build_object('id', p.id, 'title', p.title, 'sentBy', coalesce(p.sent_by, ''),
        'sentOn', (p.sent_at at time zone 'Europe/London')::date) order by p.id), '[]')
      from threshold_proposal p where p.forum = ${forum} and p.sent_at <= ${to}
        and (p.state = 'sent' or p.decided_at > ${to})) as limits,
    (select coalesce(json_agg(json_build_object('plan', p.id, 'revision', r.revision, 'organisation', p.organisation,
        'cost', case when jsonb_typeof(r.body -> 'cost') = 'number' then (r.body ->> 'cost')::float8 end,
        'help', coalesce(r.body ->> 'help', ''), 'escalations', c.escalations) order by p.id), '[]')
      from action_plan p join lateral (select v.* from action_plan_revision v
        where v.plan = p.id and v.decision = 'accepted' and v.decided_at <= ${to} order by v.revision desc limit 1) r on true
      join lateral (select array_agg(k.escalation order by k.escalation) as escalations from action_plan_case k
        where k.plan = p.id and k.ended_at is null and k.escalation = any(${[...cases]}::bigint[])) c on c.escalations is not null
      where (jsonb_typeof(r.body -> 'cost') = 'number' and (r.body ->> 'cost')::float8 > 0 or coalesce(r.body ->> 'help', '') <> '')
        and not exists (select from investment_decision i where i.plan = p.id and i.revision = r.revision and i.at <= ${to}
          and i.decision <> 'deferred')) as investments`.execute(db);
  return rows[0] ?? { limits: [], investments: [] };
}
