import { type Period, RAGS, type Rag, type Reason, reasonsOf, type Tier, tierAt } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { SeriesDecision } from "../evaluation/write-decisions.ts";
import type { Database } from "../tables.ts";

/** What one row of one file said; `holds` where no other row of the same series and period has taken its place. */
export interface GivenFigure {
  readonly organisation: string;
  readonly period: Period;
  readonly submission: number;
  readonly row: number;
  readonly filename: string | null;
  readonly receivedAt: Temporal.Instant;
  readonly issued: string;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly noValue: string | null;
  readonly mark: string | null;
  readonly comment: string | null;
  readonly holds: boolean;
  /** Whether its submission was withdrawn since. */
  readonly withdrawn: boolean;
}

/** What was decided of one period, and the rows it rests on. */
export interface ExplainedFigure {
  readonly period: Period;
  readonly value: number | null;
  readonly plan: number | null;
  readonly rag: Rag;
  readonly tier: Tier;
  readonly reasons: readonly Reason[];
  readonly deterioratingFor: number;
  readonly silentFor: number;
  readonly provisional: boolean;
  readonly watch: boolean;
  readonly partial: boolean;
  readonly restated: boolean;
  /** What is said of the value, and why there is none; whether a row said so or it is not believed. */
  readonly mark: string | null;
  readonly noValue: string | null;
  /** Codes of the organisations that a partial value lacks. */
  readonly missing: readonly string[];
  readonly threshold: number | null;
  readonly evaluation: number;
  /** The rows of this series, in order of submission. */
  readonly given: readonly GivenFigure[];
  /** Where no row gave the value: the rows that hold of the organisations directly below. */
  readonly below: readonly GivenFigure[];
}

interface Range {
  readonly from: Period;
  /** Null is no end. */
  readonly to: Period | null;
  readonly step: number;
}

/** What holds of a series in a range of periods, with the rows it rests on. */
export async function figuresOf(
  db: Kysely<Database>,
  decision: SeriesDecision,
  range: Range,
): Promise<ExplainedFigure[]> {
  const given = await givenFigures(db, decision.series, range);
  const own = Map.groupBy(
    given.filter(({ isOwn }) => isOwn),
    ({ period }) => period,
  );
  const below = Map.groupBy(
    given.filter(({ isOwn, holds }) => !isOwn && holds),
    ({ period }) => period,
  );
  const found: ExplainedFigure[] = [];
  for (let i = 0; i < decision.count; i++) {
    const period = (decision.first + i * range.step) as Period;
    if (period < range.from || period > (range.to ?? Infinity)) continue;
    const value = numberAt(decision.values, i);
    const isAggregate = value !== null && numberAt(decision.submissions, i) === null;
    found.push({
      ...decidedAt(decision, i, period),
      value,
      given: (own.get(period) ?? []).map(withoutOwn),
      below: isAggregate ? (below.get(period) ?? []).map(withoutOwn) : [],
    });
  }
  return found;
}

function decidedAt(decision: SeriesDecision, i: number, period: Period) {
  return {
    period,
    plan: numberAt(decision.plans, i),
    rag: RAGS[decision.rag[i] ?? 0] ?? "grey",
    tier: tierAt(decision.tier[i]),
    reasons: reasonsOf(decision.reasons[i] ?? 0),
    deterioratingFor: decision.deterioratingFor[i] ?? 0,
    silentFor: decision.silentFor[i] ?? 0,
    provisional: decision.provisional[i] === 1,
    watch: decision.watch[i] === 1,
    partial: decision.partial[i] === 1,
    restated: decision.restated[i] === 1,
    mark: decision.marks[period] ?? null,
    noValue: decision.noValues[period] ?? null,
    missing: decision.missing[String(period)] ?? [],
    threshold: numberAt(decision.thresholds, i),
    evaluation: decision.evaluations[i] ?? 0,
  };
}

type GivenRow = GivenFigure & { readonly isOwn: boolean };

/** Rows of a series and of those directly below it. */
async function givenFigures(db: Kysely<Database>, series: number, { from, to, step }: Range): Promise<GivenRow[]> {
  const { rows } = await sql<GivenRow>`
    select s.organisation, o.period, o.submission, o.row_number as row, f.filename, f.received_at as "receivedAt", o.issued,
      o.value, o.numerator, o.denominator, o.no_value as "noValue", o.mark, o.comment,
      coalesce(st.submissions[(o.period - st.first_period) / ${step}::int + 1] = o.submission, false) as holds,
      f.withdrawn_at is not null as withdrawn, o.series = ${series} as "isOwn"
    from series_state st join series s on s.id = st.series
    join observation o on o.series = st.series join submission f on f.id = o.submission
    where (st.series = ${series} or st.parent = ${series})
      and o.period >= ${from} and (${to}::int is null or o.period <= ${to})
    order by o.period, s.organisation, o.submission`.execute(db);
  return rows;
}

function withoutOwn({ isOwn: _isOwn, ...figure }: GivenRow): GivenFigure {
  return figure;
}

function numberAt(values: Float64Array, i: number): number | null {
  const value = values[i];
  return value === undefined || Number.isNaN(value) ? null : value;
}
