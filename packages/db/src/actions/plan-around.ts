import { type Frequency, type Rules, rulesFor, protocolSchema } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** What stands around a plan: whose it is, the case it answers that stood longest, and by what rules it is chased. */
export interface PlanAround {
  readonly plan: number;
  /** The last that was accepted. */
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
  /** Whom the case asked for a plan last. */
  readonly owners: readonly string[];
}

/** Who answers for a plan: whom its case asks, else who sent it. */
export function answerable({ owners, sentBy }: Pick<PlanAround, "owners" | "sentBy">): readonly string[] {
  if (owners.length > 0) return owners;
  return sentBy?.includes("@") ? [sentBy] : [];
}

/** How many working days after its delivery an action should be normal practice; undefined where nothing says. */
export function embeddedWithin({ rules, tier }: Pick<PlanAround, "rules" | "tier">): number | undefined {
  return rules?.followThrough?.[tier === "slt" ? "slt" : "board"]?.embedded;
}

interface Found extends Omit<PlanAround, "rules"> {
  readonly frequency: Frequency;
  readonly protocol: unknown;
}

/** What stands around some plans, by plan. */
export async function plansAround(db: Kysely<Database>, plans: readonly number[]): Promise<Map<number, PlanAround>> {
  const { rows } = await sql<Found>`
    select p.id as plan, coalesce(r.revision, p.revision) as revision, p.organisation, coalesce(o.name, p.organisation) as "organisationName",
      c.id as escalation, c.series, coalesce(c.period, 0) as period, c.forum, coalesce(c.tier, 'none') as tier,
      coalesce(m.name, 'A case') as title, r.sent_by as "sentBy",
      coalesce((select q.recipients from request q where q.escalation = c.id and q.kind = 'action-plan' order by q.id desc limit 1),
        '{}') as owners, coalesce(c.frequency, 'monthly') as frequency,
      (select body from protocol where until is null order by id desc limit 1) as protocol
    from action_plan p
    left join organisation o on o.code = p.organisation and o.until is null
    left join lateral (select revision, sent_by from action_plan_revision ofplan where ofplan.plan = p.id
      and ofplan.decision = 'accepted' order by revision desc limit 1) r on true
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
