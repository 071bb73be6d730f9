import {
  type Basis,
  type Better,
  breachLength,
  type Frequency,
  pastLimit,
  type PastLimit,
  planBody,
  stepOf,
  type Tier,
} from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { planSeen } from "../action-plans/list-plans.ts";
import { caseSeen, type Sight } from "../sight.ts";
import type { InvestmentDecisionTable } from "../tables/governance.ts";
import type { Database } from "../tables.ts";
import { unsignedFigures } from "../unsigned.ts";
import { sees } from "../visible-organisations.ts";

export type InvestmentDecisionWord = InvestmentDecisionTable["decision"];
export const INVESTMENT_DECISIONS = [
  "agreed",
  "agreed-in-part",
  "declined",
  "deferred",
] as const satisfies readonly InvestmentDecisionWord[];

/** What a forum made of what a plan asks for; `amount` in pounds. */
export interface InvestmentDecision {
  readonly id: number;
  readonly revision: number;
  readonly forum: string;
  readonly decision: InvestmentDecisionWord;
  readonly amount: number | null;
  readonly note: string;
  readonly by: string;
  readonly at: Temporal.Instant;
}

/** A case that a plan answers, and how bad its breach is. */
export interface BreachToMend {
  readonly id: number;
  readonly metric: string | null;
  readonly metricName: string | null;
  readonly organisation: string;
  readonly forum: string | null;
  readonly area: string | null;
  readonly tier: Tier;
  readonly standing: boolean;
  readonly frequency: Frequency;
  /** In periods, the first and the last among them. */
  readonly length: number;
  readonly value: number | null;
  /** The period of that value. */
  readonly period: number | null;
  /** How far past its limit; null where it is past none, or the reader may not see the figure yet. */
  readonly past: PastLimit | null;
}

/** What an action of a plan is meant to move: by how much, in the metric's unit, and by which period. */
export interface ExpectedEffect {
  readonly metric: string;
  readonly organisation: string;
  readonly by: number | null;
  readonly in: number | null;
}

/** What one accepted plan asks for. */
export interface InvestmentAsked {
  readonly plan: number;
  readonly organisation: string;
  /** The revision that was accepted last. */
  readonly revision: number;
  readonly acceptedAt: Temporal.Instant;
  readonly what: string;
  readonly help: string;
  /** Pounds; null where only help is asked for. */
  readonly cost: number | null;
  readonly activity: string;
  readonly effects: readonly ExpectedEffect[];
  /** The worst first. */
  readonly cases: readonly BreachToMend[];
  /** The latest first. */
  readonly decisions: readonly InvestmentDecision[];
}

export interface InvestmentFilter {
  readonly sight: Sight;
  readonly now: Temporal.Instant;
  readonly plan?: number | undefined;
  /** A forum that one of the cases stands before, or the board of its area. */
  readonly forum?: string | undefined;
  /** Only what its forums have not decided, or have put off. */
  readonly open?: boolean | undefined;
}

interface CaseRow extends Omit<BreachToMend, "length" | "past"> {
  readonly raisedIn: number;
  readonly through: number;
  readonly first: number | null;
  readonly place: number | null;
  readonly submission: number | null;
  readonly planned: number | null;
  readonly better: Better | null;
  readonly basis: Basis | null;
  readonly board: number | null;
  readonly slt: number | null;
}

interface Row {
  readonly plan: number;
  readonly organisation: string;
  readonly revision: number;
  readonly body: unknown;
  readonly acceptedAt: Temporal.Instant;
  readonly cases: readonly CaseRow[];
  readonly decisions: readonly (Omit<InvestmentDecision, "at"> & { readonly at: string })[];
}

/** All that accepted plans ask for and that is seen, the worst breach first: accepted plans are few beside series. */
export async function listInvestment(db: Kysely<Database>, filter: InvestmentFilter): Promise<InvestmentAsked[]> {
  const { sight, now, plan, forum, open } = filter;
  const ofForum =
    forum === undefined
      ? sql`true`
      : sql`exists (select from action_plan_case c
    join escalation e on e.id = c.escalation where c.plan = p.id and c.ended_at is null and (e.forum = ${forum} or e.area = ${forum}))`;
  const [{ rows }, unsigned] = await Promise.all([
    sql<Row>`
    select p.id as plan, p.organisation, r.revision, r.body, r.decided_at as "acceptedAt",
      coalesce((select json_agg(to_json(one) order by one.id) from (${breaches(sight, now)}) one), '[]') as cases,
      coalesce((select json_agg(json_build_object('id', d.id, 'revision', d.revision, 'forum', d.forum, 'decision', d.decision,
        'amount', d.amount, 'note', d.note, 'by', d.by, 'at', d.at) order by d.id desc)
        from investment_decision d where d.plan = p.id), '[]') as decisions
    from action_plan p
    join lateral (select revision, body, decided_at from action_plan_revision x
      where x.plan = p.id and x.decision = 'accepted' order by revision desc limit 1) r on true
    where (coalesce((r.body ->> 'cost')::float8, 0) > 0 or coalesce(r.body ->> 'help', '') <> '')
      and ${plan === undefined ? sql`true` : sql`p.id = ${plan}::bigint`} and ${ofForum} and ${planSeen(sight, now)}
    order by p.id`.execute(db),
    unsignedFigures(db),
  ]);
  const mayKnow = (one: CaseRow) =>
    sees(sight.organisations, one.organisation) ||
    one.metric === null ||
    one.period === null ||
    !unsigned.waits({
      metric: one.metric,
      organisation: one.organisation,
      period: one.period,
      submission: one.submission,
    });
  const asked = rows.map(({ body, cases, decisions, ...row }): InvestmentAsked => {
    const { what, help, cost, activity, actions } = planBody.parse(body);
    return {
      ...row,
      what,
      help,
      cost: cost !== null && cost > 0 ? cost : null,
      activity,
      effects: actions.flatMap(({ effect }) => effect ?? []),
      cases: cases.map((one) => asBreach(one, mayKnow(one))).toSorted(worstFirst),
      decisions: decisions.map((one) => ({ ...one, at: Temporal.Instant.from(one.at) })),
    };
  });
  return asked
    .filter((one) => open !== true || isOpen(one))
    .toSorted(
      (one, other) =>
        byWorstCase(one.cases[0], other.cases[0]) || (other.cost ?? 0) - (one.cost ?? 0) || one.plan - other.plan,
    );
}

/** Whether a forum has still to decide what a plan asks for: nothing was, or it was put off. */
export function isOpen({ decisions, revision }: Pick<InvestmentAsked, "decisions" | "revision">): boolean {
  const last = decisions.find((one) => one.revision === revision);
  return last === undefined || last.decision === "deferred";
}

/** The cases of the plan in row `p` that are seen, each with the last value that was decided of it. */
function breaches(sight: Sight, now: Temporal.Instant) {
  return sql`select e.id, e.metric, m.name as "metricName", e.organisation, e.forum, e.area, e.tier, e.standing, e.frequency,
      e.raised_in as "raisedIn", coalesce(e.ended_in, last.period, e.raised_in) as through,
      d.first_period as first, at.place, d.first_period + (at.place - 1) * step.months as period, d.vals[at.place] as value,
      d.plans[at.place] as planned, d.submissions[at.place] as submission, m.better, t.basis, t.board, t.slt
    from action_plan_case c join escalation e on e.id = c.escalation
    left join metric m on m.code = e.metric and m.until is null
    cross join lateral (select case e.frequency when 'quarterly' then ${stepOf("quarterly")}::int else 1 end as months) step
    left join lateral (select max(x.period) as period from escalation_event x
      where x.escalation = e.id and x.replaced_at is null) last on true
    left join series_decision d on d.series = e.series
    left join lateral (select max(i) as place from generate_subscripts(d.vals, 1) i where d.vals[i] is not null
      and (e.ended_in is null or d.first_period + (i - 1) * step.months <= e.ended_in)) at on true
    left join threshold t on t.id = d.thresholds[at.place]
    where c.plan = p.id and c.ended_at is null and ${caseSeen(sight, now)}`;
}

function asBreach(row: CaseRow, isKnown: boolean): BreachToMend {
  const {
    raisedIn,
    through,
    first: _first,
    place: _place,
    submission: _submission,
    planned,
    better,
    basis,
    board,
    slt,
    ...one
  } = row;
  const length = breachLength({ raisedIn, through }, one.frequency);
  if (!isKnown) return { ...one, value: null, period: null, length, past: null };
  const past = better === null ? null : pastLimit({ value: one.value, plan: planned, better, basis, board, slt });
  return { ...one, length, past };
}

const TIERS = { none: 0, board: 1, slt: 2 } as const;
const RAGS = { red: 2, amber: 1 } as const;

/** What stands before what has ended, the SLT's before the boards', red before amber, then the longest, then the furthest past. */
function worstFirst(one: BreachToMend, other: BreachToMend): number {
  const rag = ({ past }: BreachToMend) => (past === null ? 0 : RAGS[past.rag]);
  const share = ({ past }: BreachToMend) =>
    past === null ? 0 : past.by / Math.max(Math.abs(past.at), Number.MIN_VALUE);
  return (
    Number(other.standing) - Number(one.standing) ||
    TIERS[other.tier] - TIERS[one.tier] ||
    rag(other) - rag(one) ||
    other.length - one.length ||
    share(other) - share(one) ||
    one.id - other.id
  );
}

function byWorstCase(one: BreachToMend | undefined, other: BreachToMend | undefined): number {
  if (one === undefined || other === undefined) return Number(other !== undefined) - Number(one !== undefined);
  return worstFirst(one, other);
}
