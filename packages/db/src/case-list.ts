import type { Frequency, Period, Rag, Tier } from "@signalbox/domain";
import { RAGS, stepOf } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { type CaseChoice, choiceHolds } from "./choices/case-choices.ts";
import { WAITS } from "./case-acts/acts-of-case.ts";
import { RAG_LETTERS } from "./evaluation/write-decisions.ts";
import { caseSeen, type Sight } from "./sight.ts";
import { beforeForums } from "./home/cases-in-brief.ts";
import type { Database, EscalationEventTable, EscalationTable, ThresholdTable } from "./tables.ts";

/** One case as leaders list it: its last figure, its limits, its last move and whether it is acknowledged. */
export interface ListedCase {
  readonly id: number;
  readonly concern: EscalationTable["concern"];
  readonly metric: string | null;
  readonly organisation: string;
  readonly area: string | null;
  readonly frequency: Frequency;
  readonly tier: Tier;
  readonly forum: string | null;
  readonly raisedIn: Period;
  readonly endedIn: Period | null;
  readonly standing: boolean;
  readonly shownAt: Temporal.Instant;
  /** What the last event names. */
  readonly metrics: readonly string[];
  readonly areas: readonly string[];
  readonly move: EscalationEventTable["event"] | null;
  readonly movedIn: Period | null;
  /** The rules that brought the move about; null without one. */
  readonly movedBy: readonly { readonly rule: string }[] | null;
  readonly figure: ListedFigure | null;
  /** The last acknowledgement; `endedWhy` null while it holds. */
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Temporal.Instant | null;
  readonly expiresOn: string | null;
  readonly endedWhy: "ran-out" | "replaced" | null;
  /** Whether it stands for its chair's signature alone. */
  readonly awaitsSignOff: boolean;
  /** Until when its figure is disputed; null where it is not. */
  readonly disputedUntil: Temporal.Instant | null;
  /** What its chair chose, while it holds. */
  readonly chosen: Pick<CaseChoice, "choice" | "plan" | "until"> | null;
}

/** The last period that the case's series reached, by its end; value and limits as they were decided. */
export interface ListedFigure {
  readonly period: Period;
  readonly value: number | null;
  readonly rag: Rag;
  readonly submission: number | null;
  readonly basis: ThresholdTable["basis"] | null;
  readonly board: number | null;
  readonly slt: number | null;
}

export interface CaseFilter {
  readonly sight: Sight;
  readonly now: Temporal.Instant;
  /** True for what stands, false for what has ended; both if left out. */
  readonly standing?: boolean | undefined;
  readonly tier?: Tier | undefined;
  /** What stands before this forum and is shown to it. */
  readonly forum?: string | undefined;
  /** What stands before any of these forums or is about the area of one, as the home of who sits on them counts it. */
  readonly forums?: readonly string[] | undefined;
  readonly area?: string | undefined;
  readonly organisations?: readonly string[] | undefined;
  readonly metrics?: readonly string[] | undefined;
  readonly concern?: EscalationTable["concern"] | undefined;
  /** Only what nobody has acknowledged, or whose acknowledgement ran out. */
  readonly notAcknowledged?: boolean | undefined;
  /** Only what is still held back from its forums. */
  readonly heldBack?: boolean | undefined;
}

export interface CaseCounts {
  readonly all: number;
  readonly slt: number;
  readonly board: number;
  readonly notAcknowledged: number;
}

interface Row extends Omit<ListedCase, "figure">, CaseCounts {
  readonly first: number | null;
  readonly place: number | null;
  readonly value: number | null;
  readonly letter: string | null;
  readonly submission: number | null;
  readonly basis: ListedFigure["basis"];
  readonly boardLimit: number | null;
  readonly sltLimit: number | null;
}

/**
 * Cases worst and newest first: what stands, the SLT's before the boards', then the latest raised. A page of them, and how
 * many there are; one statement, and one place of each series is read.
 */
export async function listCases(
  db: Kysely<Database>,
  filter: CaseFilter,
  page: { readonly skip: number; readonly limit: number },
): Promise<{ cases: ListedCase[]; counts: CaseCounts }> {
  const { rows } = await sql<Row>`
    with found as materialized (
      select e.id, e.tier, e.standing, e.raised_in, e.ended_in, e.standing and a.id is null as open
      from escalation e left join acknowledgement a on a.escalation = e.id and a.ended_at is null
      where ${matching(filter)}),
    counted as (select count(*) as "all", count(*) filter (where tier = 'slt') as slt,
      count(*) filter (where tier = 'board') as board, count(*) filter (where open) as "notAcknowledged" from found),
    page as (select id from found
      order by standing desc, tier = 'slt' desc, ended_in desc nulls first, raised_in desc, id desc
      limit ${page.limit} offset ${page.skip})
    select counted.*, e.id, e.concern, e.metric, e.organisation, e.area, e.frequency, e.tier, e.forum,
      e.raised_in as "raisedIn", e.ended_in as "endedIn", e.standing, e.shown_at as "shownAt",
      coalesce(named.metrics, '{}') as metrics, coalesce(named.areas, '{}') as areas,
      move.event as move, move.period as "movedIn", move.reasons as "movedBy",
      d.first_period as first, at.place, d.vals[at.place] as value, substr(d.rag, at.place, 1) as letter,
      d.submissions[at.place] as submission, t.basis, t.board as "boardLimit", t.slt as "sltLimit",
      e.standing and coalesce(last.waits, false) as "awaitsSignOff",
      case when e.standing then (select max(until_at) from dispute x where x.series = e.series and x.ended_at is null) end
        as "disputedUntil",
      ack.by as "acknowledgedBy", ack.at as "acknowledgedAt", ack.expires_on as "expiresOn", ack.ended_why as "endedWhy", chosen.as_json as chosen
    from counted left join page on true left join escalation e on e.id = page.id
    left join series_decision d on d.series = e.series
    left join lateral (select least(length(d.rag), (e.ended_in - d.first_period) / (case e.frequency
      when 'quarterly' then ${stepOf("quarterly")}::int else 1 end) + 1) as place) at on true
    left join threshold t on t.id = d.thresholds[at.place]
    left join lateral (select metrics, areas from escalation_event x where x.escalation = e.id and x.replaced_at is null
      and cardinality(metrics) + cardinality(areas) > 0 order by period desc limit 1) named on true
    left join lateral (select event, period, reasons from escalation_event x where x.escalation = e.id and x.replaced_at is null
      and x.event not in ('continued', 'held') order by period desc limit 1) move on true
    left join lateral (select reasons @> ${WAITS}::jsonb as waits from escalation_event x where x.escalation = e.id
      and x.replaced_at is null order by period desc limit 1) last on true
    left join lateral (select * from acknowledgement x where x.escalation = e.id order by x.id desc limit 1) ack on true
    left join lateral (select json_build_object('choice', c.choice, 'plan', c.plan, 'until', c.until) as as_json from case_choice c
      where c.escalation = e.id and ${choiceHolds(filter.now)}) chosen on true
    order by e.standing desc, e.tier = 'slt' desc, e.ended_in desc nulls first, e.raised_in desc, e.id desc`.execute(
    db,
  );
  const [first] = rows;
  const counts = first ?? { all: 0, slt: 0, board: 0, notAcknowledged: 0 };
  return { cases: rows.filter(({ id }) => (id as number | null) !== null).map(asListed), counts };
}

function matching(filter: CaseFilter) {
  const { sight, now, standing, tier, forum, forums, area, organisations, metrics, concern } = filter;
  const at = now.toString();
  const conditions = [
    sql`not e.withdrawn`,
    caseSeen(sight, now),
    ...(standing === undefined ? [] : [sql`e.standing = ${standing}`]),
    ...(tier === undefined ? [] : [sql`e.tier = ${tier}`]),
    ...(forum === undefined ? [] : [sql`e.forum = ${forum} and e.shown_at <= ${at}`]),
    ...(forums === undefined ? [] : [beforeForums(forums, now)]),
    ...(area === undefined
      ? []
      : [
          sql`(e.area = ${area} or exists (select from escalation_event x where x.escalation = e.id
            and x.replaced_at is null and ${area} = any(x.areas)))`,
        ]),
    ...(organisations === undefined ? [] : [sql`e.organisation = any(${organisations}::text[])`]),
    ...(metrics === undefined ? [] : [sql`e.metric = any(${metrics}::text[])`]),
    ...(concern === undefined ? [] : [sql`e.concern = ${concern}`]),
    ...(filter.notAcknowledged === true ? [sql`e.standing and a.id is null`] : []),
    ...(filter.heldBack === true ? [sql`e.standing and e.shown_at > ${at}`] : []),
  ];
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

function asListed(row: Row): ListedCase {
  const { first, place, value, letter, submission, basis, boardLimit, sltLimit, ...one } = row;
  const { all: _all, slt: _slt, board: _board, notAcknowledged: _open, ...rest } = one;
  if (first === null || place === null || place < 1 || letter === null) return { ...rest, figure: null };
  const period = (first + (place - 1) * stepOf(rest.frequency)) as Period;
  const rag = RAGS[RAG_LETTERS.indexOf(letter)] ?? "grey";
  return { ...rest, figure: { period, value, rag, submission, basis, board: boardLimit, slt: sltLimit } };
}
