import { type Frequency, type Rules, rulesFor, protocolSchema } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** What stands around a plan: whose it is, the case it answers that stood longest, and by what rules it is chased. */
export interface PlanAround {
  readonly plan: number;
  readonly revision: number;
  readonly organisation: string;
  readonly organisationName: string;
  /** The oldest open case of the plan, else the oldest of all; null where it answers none. */
  readonly escalation: number | null;
  readonly series: number | null;
  readonly period: number;
  readonly forum: string | null;
  readonly tier: "none" | "board" | "slt";
  /** What the case is about, as a letter names it. */
  readonly title: string;
  /** Who sent the revision that holds. */
  readonly sentBy: string | null;
  readonly rules: Rules | null;
}

interface Found extends Omit<PlanAround, "rules"> {
  readonly frequency: Frequency;
  readonly protocol: unknown;
}

/** What stands around some plans, by plan. */
export async function plansAround(db: Kysely<Database>, plans: readonly number[]): Promise<Map<number, PlanAround>> {
  const { rows } = await sql<Found>`
    select p.id as plan, p.revision, p.organisation, coalesce(o.name, p.organisation) as "organisationName",
      c.id as escalation, c.series, coalesce(c.period, 0) as period, c.forum, coalesce(c.tier, 'none') as tier,
      coalesce(m.name, 'A case') as title, r.sent_by as "sentBy", coalesce(c.frequency, 'monthly') as frequency,
      (select body from protocol where until is null order by id desc limit 1) as protocol
    from action_plan p
    left join organisation o on o.code = p.organisation and o.until is null
    left join action_plan_revision r on r.plan = p.id and r.revision = p.revision
    left join lateral (
      select e.id, e.series, e.metric, e.forum, e.tier, e.frequency,
        coalesce((select max(ev.period) from escalation_event ev where ev.escalation = e.id and ev.replaced_at is null), e.raised_in) as period
      from action_plan_case pc join escalation e on e.id = pc.escalation
      where pc.plan = p.id and pc.ended_at is null
      order by e.standing desc, e.id limit 1) c on true
    left join metric m on m.code = c.metric and m.until is null
    where p.id = any(${[...plans]}::bigint[])`.execute(db);
  return new Map(
    rows.map(({ frequency, protocol, ...around }) => [around.plan, { ...around, rules: rulesOf(protocol, frequency) }]),
  );
}

function rulesOf(protocol: unknown, frequency: Frequency): Rules | null {
  return protocol === null ? null : rulesFor(protocolSchema.parse(protocol), frequency);
}
