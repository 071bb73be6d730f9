import {
  dayOf,
  fiveStates,
  type Frequency,
  type Period,
  type Tier,
  nextStep,
  type NextStep,
  type StateOfCase,
} from "@signalbox/domain";
import { type Kysely, type Selectable, sql } from "kysely";
import { type AcknowledgementRecord, acknowledgementsOf } from "./acknowledgements.ts";
import { actionPlansAsked } from "./action-plans/asked-plans.ts";
import { type ActOfCase, actsOfCases } from "./case-acts/acts-of-case.ts";
import { type Relapse, relapsesOf } from "./case-acts/relapses.ts";
import { type NoticeRecord, noticesOf } from "./notice-lists.ts";
import { caseSeen, type Sight } from "./sight.ts";
import { type FollowedCase, followedCases, type KeptStep } from "./steps/case-facts.ts";
import type { Database, EscalationEventTable, EscalationTable, RequestTable } from "./tables.ts";

export interface EscalationEvent {
  readonly period: Period;
  readonly event: EscalationEventTable["event"];
  readonly tier: Tier;
  readonly at: Temporal.Instant;
  /** The evaluation that decided it. */
  readonly evaluation: number;
  /**
   * Why: a rule of the domain's reasons, `missing` of a reporting case, `several-areas`, `closed` or `nobody-below`;
   * `sign-off` (waits for it), `signed-off` or `closed-by-chair` of what its chair did.
   */
  readonly reasons: readonly { readonly rule: string; readonly tier: Tier }[];
  readonly metrics: readonly string[];
  readonly areas: readonly string[];
  readonly restated: boolean;
  /** Set where a later decision took this event's place. */
  readonly replacedAt: Temporal.Instant | null;
}

/** A case with its events in order of period, its notices, and the action plan that was asked for. */
export interface EscalationRecord {
  readonly id: number;
  readonly concern: EscalationTable["concern"];
  readonly metric: string | null;
  readonly organisation: string;
  readonly area: string | null;
  readonly frequency: Frequency;
  readonly forum: string | null;
  readonly tier: Tier;
  readonly raisedIn: Period;
  readonly endedIn: Period | null;
  readonly standing: boolean;
  readonly withdrawn: boolean;
  readonly previous: number | null;
  /** Null where its figure was well for long before, or always. */
  readonly relapse: Relapse | null;
  /** What its chair did about it, oldest first, taken back or not. */
  readonly acts: readonly ActOfCase[];
  readonly shownAt: Temporal.Instant;
  /** The acknowledgement in force; null where there is none, or the last one ran out. */
  readonly acknowledged: AcknowledgementRecord | null;
  /** Every acknowledgement, oldest first. */
  readonly acknowledgements: readonly AcknowledgementRecord[];
  /** What the last event names: metrics without a return, or areas that stand. */
  readonly metrics: readonly string[];
  readonly areas: readonly string[];
  readonly events: readonly EscalationEvent[];
  readonly notices: readonly NoticeRecord[];
  readonly actionPlan: {
    /** The plan that answers the case, latest first; null where none was begun or it was withdrawn. */
    readonly id: number | null;
    readonly requestedAt: Temporal.Instant;
    readonly dueOn: string;
    readonly status: Selectable<RequestTable>["stage"];
  } | null;
  /** What comes next, by whom and by when; null of a case that has ended. */
  readonly nextStep: NextStep | null;
  /** Where it stands in each of the five states. */
  readonly states: readonly StateOfCase[];
  /** All that is asked about it and open. */
  readonly openSteps: readonly KeptStep[];
}

export interface EscalationFilter {
  readonly sight: Sight;
  readonly now: Temporal.Instant;
  readonly id?: number | undefined;
  readonly standing?: boolean | undefined;
  readonly tier?: Tier | undefined;
  /** A forum's list does not hold what is still shown to owners only. */
  readonly forum?: string | undefined;
  readonly organisation?: string | undefined;
  readonly metric?: string | undefined;
  readonly concern?: EscalationRecord["concern"] | undefined;
  /** With withdrawn cases and replaced events. */
  readonly history?: boolean | undefined;
}

/** At most `limit` cases after an id, in order of id, as `filter.now` finds them. */
export async function listEscalations(
  db: Kysely<Database>,
  filter: EscalationFilter,
  page: { after: number; limit: number },
): Promise<EscalationRecord[]> {
  const cases = await db
    .selectFrom("escalation as e")
    .selectAll()
    .where("e.id", ">", page.after)
    .where(caseSeen(filter.sight, filter.now))
    .where(matching(filter))
    .orderBy("e.id")
    .limit(page.limit)
    .execute();
  const ids = cases.map(({ id }) => id);
  const [events, notices, plans, acknowledgements, relapses, acts, followed] = await Promise.all([
    eventsOf(db, ids, filter.history === true),
    noticesOf(db, ids),
    actionPlansAsked(db, ids),
    acknowledgementsOf(db, ids),
    relapsesOf(
      db,
      cases.flatMap(({ id, previous }) => (previous === null ? [] : [id])),
    ),
    actsOfCases(db, ids),
    followedCases(db, ids, filter.now),
  ]);
  const today = dayOf(filter.now).toString();
  return cases.map((row) =>
    asRecord(row, {
      events: events.get(row.id) ?? [],
      notices: notices.get(row.id) ?? [],
      actionPlan: plans.get(row.id) ?? null,
      acknowledgements: acknowledgements.get(row.id) ?? [],
      relapse: relapses.get(row.id) ?? null,
      acts: acts.get(row.id) ?? [],
      ...stepsOf(followed.get(row.id), today),
    }),
  );
}

/** One case, withdrawn ones too; null where there is none to see. */
export async function readEscalation(
  db: Kysely<Database>,
  id: number,
  asked: Pick<EscalationFilter, "sight" | "now" | "history">,
): Promise<EscalationRecord | null> {
  const [found] = await listEscalations(db, { ...asked, id }, { after: 0, limit: 1 });
  return found ?? null;
}

type Steps = Pick<EscalationRecord, "nextStep" | "states" | "openSteps">;

function stepsOf(followed: FollowedCase | undefined, today: string): Steps {
  if (followed === undefined) return { nextStep: null, states: [], openSteps: [] };
  return { nextStep: nextStep(followed, today), states: fiveStates(followed, today), openSteps: followed.open };
}

function matching(filter: EscalationFilter) {
  const { id, standing, tier, forum, organisation, metric, concern, history, now } = filter;
  const conditions = [
    id === undefined ? sql`true` : sql`e.id = ${id}`,
    standing === undefined ? sql`true` : sql`e.standing = ${standing}`,
    tier === undefined ? sql`true` : sql`e.tier = ${tier}`,
    forum === undefined ? sql`true` : sql`(e.forum = ${forum} and e.shown_at <= ${now.toString()})`,
    organisation === undefined ? sql`true` : sql`e.organisation = ${organisation}`,
    metric === undefined ? sql`true` : sql`e.metric = ${metric}`,
    concern === undefined ? sql`true` : sql`e.concern = ${concern}`,
    history === true || id !== undefined ? sql`true` : sql`not e.withdrawn`,
  ];
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

async function eventsOf(db: Kysely<Database>, escalations: readonly number[], withReplaced: boolean) {
  let query = db
    .selectFrom("escalation_event")
    .selectAll()
    .where("escalation", "in", [0, ...escalations]);
  if (!withReplaced) query = query.where("replaced_at", "is", null);
  const rows = await query.orderBy("period").orderBy("id").execute();
  return Map.groupBy(rows, ({ escalation }) => escalation);
}

function asRecord(
  row: Selectable<EscalationTable>,
  {
    events,
    ...beside
  }: { events: readonly Selectable<EscalationEventTable>[] } & Pick<
    EscalationRecord,
    "notices" | "actionPlan" | "acknowledgements" | keyof Steps | "relapse" | "acts"
  >,
): EscalationRecord {
  const naming = events.findLast(
    ({ metrics, areas, replaced_at }) => replaced_at === null && metrics.length + areas.length > 0,
  );
  return {
    id: row.id,
    concern: row.concern,
    metric: row.metric,
    organisation: row.organisation,
    area: row.area,
    frequency: row.frequency,
    forum: row.forum,
    tier: row.tier,
    raisedIn: row.raised_in as Period,
    endedIn: row.ended_in as Period | null,
    standing: row.standing,
    withdrawn: row.withdrawn,
    previous: row.previous,
    shownAt: row.shown_at,
    acknowledged: beside.acknowledgements.findLast(({ endedAt }) => endedAt === null) ?? null,
    metrics: naming?.metrics ?? [],
    areas: naming?.areas ?? [],
    events: events.map(asEvent),
    ...beside,
  };
}

function asEvent(row: Selectable<EscalationEventTable>): EscalationEvent {
  return {
    period: row.period as Period,
    event: row.event,
    tier: row.tier,
    at: row.at,
    evaluation: row.evaluation,
    reasons: row.reasons as EscalationEvent["reasons"],
    metrics: row.metrics,
    areas: row.areas,
    restated: row.restated,
    replacedAt: row.replaced_at,
  };
}
