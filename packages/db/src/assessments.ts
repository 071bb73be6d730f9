import {
  type Frequency,
  type Period,
  RAGS,
  type Rag,
  type Reason,
  reasonsOf,
  stepOf,
  type Tier,
  tierAt,
} from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { type DecisionRow, decisionColumns, decodeDecision } from "./decisions.ts";
import { seriesSeen, type Sight } from "./sight.ts";
import type { Database } from "./tables.ts";
import { ALL_SIGNED, NOT_SIGNED_OFF, unsignedFigures } from "./unsigned.ts";
import { sees } from "./visible-organisations.ts";

/** What was decided of one series in one period; value and plan unrounded, null for none. */
export interface Assessment {
  readonly metric: string;
  readonly organisation: string;
  readonly frequency: Frequency;
  readonly period: Period;
  readonly value: number | null;
  readonly plan: number | null;
  readonly rag: Rag;
  readonly provisional: boolean;
  readonly deterioratingFor: number;
  readonly watch: boolean;
  readonly silentFor: number;
  readonly tier: Tier;
  readonly reasons: readonly Reason[];
  readonly partial: boolean;
  /** Codes of the organisations that a partial value lacks. */
  readonly missing: readonly string[];
  readonly submission: number | null;
  readonly restated: boolean;
  /** What is said of a value that counts: estimated, implausible, a nil return. */
  readonly mark: string | null;
  /** Why there is no value, where somebody says so. */
  readonly noValue: string | null;
}

/** The place of an assessment in the order of the list: metric, organisation, period. */
export interface AssessmentPlace {
  readonly metric: string;
  readonly organisation: string;
  readonly period: number;
}

export interface AssessmentFilter {
  readonly sight: Sight;
  readonly metric?: string | undefined;
  readonly organisation?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

type DecidedSeries = DecisionRow & { metric: string; organisation: string; frequency: Frequency };

const FEWEST_SERIES = 40;
const MOST_SERIES = 640;

/** At most `limit` assessments after a place, in order of metric, organisation and period. */
export async function listAssessments(
  db: Kysely<Database>,
  filter: AssessmentFilter,
  page: { after: AssessmentPlace | null; limit: number },
): Promise<Assessment[]> {
  const found: Assessment[] = [];
  let place = page.after;
  // A series holds many periods, or after `from` and `to` perhaps none: look at more series the fewer were of use.
  for (let many = FEWEST_SERIES; found.length < page.limit; many = Math.min(many * 2, MOST_SERIES)) {
    const series = await decidedSeries(db, filter, { from: place, many });
    for (const row of series) found.push(...assessmentsOf(row, filter, isSame(place, row) ? place : null));
    const last = series.at(-1);
    if (last === undefined || series.length < many) break;
    place = { metric: last.metric, organisation: last.organisation, period: Number.MAX_SAFE_INTEGER };
  }
  return withoutUnsigned(db, found.slice(0, page.limit), filter.sight);
}

/** Who sees a series by forum alone does not see values that wait for their executive's signature (decision 0020). */
async function withoutUnsigned(
  db: Kysely<Database>,
  found: readonly Assessment[],
  { organisations }: Sight,
): Promise<Assessment[]> {
  const isByForum = ({ organisation }: Assessment) => !sees(organisations, organisation);
  const unsigned = found.some(isByForum) ? await unsignedFigures(db) : ALL_SIGNED;
  return found.map((one) =>
    unsigned.waits(one) && isByForum(one) ? { ...one, value: null, mark: null, noValue: NOT_SIGNED_OFF } : one,
  );
}

/** Whole series from a place on, the one at the place included. */
async function decidedSeries(
  db: Kysely<Database>,
  filter: AssessmentFilter,
  { from, many }: { from: AssessmentPlace | null; many: number },
): Promise<DecidedSeries[]> {
  const after = from === null ? sql`true` : sql`(s.metric, s.organisation) >= (${from.metric}, ${from.organisation})`;
  const metric = filter.metric === undefined ? sql`true` : sql`s.metric = ${filter.metric}`;
  const organisation = filter.organisation === undefined ? sql`true` : sql`s.organisation = ${filter.organisation}`;
  const { rows } = await sql<DecidedSeries>`
    select ${decisionColumns}, s.metric, s.organisation, coalesce(m.frequency, 'monthly') as frequency
    from series_decision d join series s on s.id = d.series
    left join metric m on m.code = s.metric and m.until is null
    where ${after} and ${metric} and ${organisation} and ${seriesSeen(filter.sight, { metric: "s.metric", organisation: "s.organisation" })}
    order by s.metric, s.organisation limit ${many}`.execute(db);
  return rows;
}

function isSame(place: AssessmentPlace | null, row: DecidedSeries): boolean {
  return place !== null && place.metric === row.metric && place.organisation === row.organisation;
}

/** The assessments of one decided series within the filter's periods and after a place in it. */
function assessmentsOf(row: DecidedSeries, filter: AssessmentFilter, after: AssessmentPlace | null): Assessment[] {
  const decision = decodeDecision(row);
  const { metric, organisation, frequency } = row;
  const numberAt = (values: Float64Array, i: number) => (Number.isNaN(values[i]) ? null : (values[i] ?? null));
  const found: Assessment[] = [];
  for (let i = 0; i < decision.count; i++) {
    const period = (decision.first + i * stepOf(frequency)) as Period;
    if (after !== null && period <= after.period) continue;
    if (period < (filter.from ?? -Infinity) || period > (filter.to ?? Infinity)) continue;
    found.push({
      metric,
      organisation,
      frequency,
      period,
      value: numberAt(decision.values, i),
      plan: numberAt(decision.plans, i),
      rag: RAGS[decision.rag[i] ?? 0] ?? "grey",
      provisional: decision.provisional[i] === 1,
      deterioratingFor: decision.deterioratingFor[i] ?? 0,
      watch: decision.watch[i] === 1,
      silentFor: decision.silentFor[i] ?? 0,
      tier: tierAt(decision.tier[i]),
      reasons: reasonsOf(decision.reasons[i] ?? 0),
      partial: decision.partial[i] === 1,
      missing: decision.missing[String(period)] ?? [],
      submission: numberAt(decision.submissions, i),
      restated: decision.restated[i] === 1,
      mark: decision.marks[period] ?? null,
      noValue: decision.noValues[period] ?? null,
    });
  }
  return found;
}
