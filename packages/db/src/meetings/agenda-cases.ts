import { RAGS, stepOf } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { RAG_LETTERS } from "../evaluation/write-decisions.ts";
import type { Database } from "../tables.ts";
import type { AgendaCaseFacts } from "./agenda-facts.ts";

/** Which cases: those of a forum, as they stood at a moment, against a moment before. */
export interface AgendaSpan {
  readonly forum: string;
  readonly tier: "board" | "slt";
  readonly since: Temporal.Instant;
  readonly asOf: Temporal.Instant;
}

type FromCases = Omit<
  AgendaCaseFacts,
  "isChallenged" | "isHeldForSignOff" | "isDisputed" | "plan" | "risks" | "commentary" | "isUnsigned"
>;

/** A case, and from which submission its figures come. */
export interface CaseRow extends FromCases {
  readonly submission: number | null;
}

type Read = Omit<CaseRow, "figure" | "figureKnown" | "figureBefore" | "submission"> & {
  readonly figure: ReadFigure | null;
  readonly figureKnown: ReadFigure | null;
  readonly figureBefore: ReadFigure | null;
  readonly isWithdrawn: boolean;
};
type ReadFigure = Omit<NonNullable<CaseRow["figure"]>, "rag"> & {
  readonly letter: string;
  readonly submission: number | null;
};

/**
 * The cases that a forum has to do with by a moment, in one statement: what stands, and what ended since the moment before. A
 * case that was withdrawn, of which nothing is left, stands as withdrawn where the forum knew it.
 */
export async function agendaCases(db: Kysely<Database>, { forum, tier, since, asOf }: AgendaSpan): Promise<CaseRow[]> {
  const [from, to] = [sql`${since.toString()}::timestamptz`, sql`${asOf.toString()}::timestamptz`];
  const concerns =
    tier === "slt"
      ? sql`exists (select from escalation_event x where x.escalation = e.id and x.tier = 'slt')`
      : sql`(e.area = ${forum} or e.concern = 'several-areas' and exists (select from escalation_event x
          where x.escalation = e.id and ${forum} = any(x.areas)))`;
  const { rows } = await sql<Read>`
    with mine as materialized (
      select e.* from escalation e where e.shown_at <= ${to} and ${concerns}
        and (e.standing or e.withdrawn or exists (select from escalation_event x where x.escalation = e.id
          and x.event in ('resolved', 'withdrawn') and x.replaced_at is null and x.at > ${from})))
    select e.id, e.concern, e.frequency, e.metric, e.series, e.organisation, e.area, e.raised_in as "raisedIn",
      to_json(e.raised_at) #>> '{}' as "raisedAt", m.better, coalesce(m.decimals, 0) as decimals,
      stood.period is null as "isWithdrawn", coalesce(named.metrics, '{}') as metrics, coalesce(named.areas, '{}') as areas,
      coalesce(${stoodAs("stood")}, json_build_object('event', 'withdrawn', 'period', e.raised_in, 'tier', 'none', 'named', 0,
        'at', ${asOf.toString()}::text)) as now,
      case when e.shown_at <= ${from} then ${stoodAs("past")} end as "known",
      ${stoodAs("prior")} as before,
      ${figureIn("stood.period")} as figure, ${figureIn("past.period")} as "figureKnown", ${figureIn("prior.period")} as "figureBefore"
    from mine e
    left join metric m on m.code = e.metric and m.until is null
    left join series_decision d on d.series = e.series
    left join lateral (${lastBy(to)} order by x.period desc, x.id desc limit 1) stood on true
    left join lateral (${lastBy(from)} order by x.period desc, x.id desc limit 1) past on true
    left join lateral (${lastBy(to)} and x.period < stood.period order by x.period desc, x.id desc limit 1) prior on true
    left join lateral (${lastBy(to)} and cardinality(x.metrics) + cardinality(x.areas) > 0
      order by x.period desc, x.id desc limit 1) named on true
    where stood.period is not null or past.period is not null and e.shown_at <= ${from}`.execute(db);
  return rows.map(({ isWithdrawn: _withdrawn, figure, figureKnown, figureBefore, ...one }) => ({
    ...one,
    submission: figure?.submission ?? null,
    figure: asFigure(figure),
    figureKnown: asFigure(figureKnown),
    figureBefore: asFigure(figureBefore),
  }));
}

/** The events of the case `e` as they were known at a moment. */
const lastBy = (moment: ReturnType<typeof sql>) => sql`select x.* from escalation_event x where x.escalation = e.id
  and x.at <= ${moment} and (x.replaced_at is null or x.replaced_at > ${moment})`;

function stoodAs(name: string) {
  const of = sql.ref(name);
  return sql`case when ${of}.period is not null then json_build_object('event', ${of}.event, 'period', ${of}.period,
    'tier', ${of}.tier, 'named', greatest(cardinality(${of}.metrics), cardinality(${of}.areas)), 'at', ${of}.at) end`;
}

/** The figure of a period as it was decided, with its limits. */
function figureIn(period: string) {
  const place = sql`((${sql.ref(period)} - d.first_period) / (case e.frequency
    when 'quarterly' then ${sql.lit(stepOf("quarterly"))} else 1 end) + 1)`;
  return sql`(select json_build_object('period', ${sql.ref(period)}, 'value', d.vals[${place}], 'plan', d.plans[${place}],
      'letter', substr(d.rag, ${place}, 1), 'submission', d.submissions[${place}], 'basis', t.basis, 'board', t.board, 'slt', t.slt)
    from (select) one left join threshold t on t.id = d.thresholds[${place}]
    where d.series is not null and ${place} between 1 and length(d.rag))`;
}

function asFigure(read: ReadFigure | null): CaseRow["figure"] {
  if (read === null) return null;
  const { letter, submission: _submission, ...figure } = read;
  return { ...figure, rag: RAGS[RAG_LETTERS.indexOf(letter)] ?? "grey" };
}
