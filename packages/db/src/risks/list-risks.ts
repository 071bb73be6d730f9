import { LEAST_SCORE, type RiskBand, staleBefore } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { caseSeen, type Sight } from "../sight.ts";
import type { Database } from "../tables.ts";
import { isVisible } from "../visible-organisations.ts";
import type { RiskRow } from "./risk-row.ts";

/** A case that names a risk, as its reader may see it. */
export interface CaseOfRisk {
  readonly id: number;
  readonly concern: string;
  /** The metric's name; null of a case of several areas or of returns. */
  readonly metric: string | null;
  readonly tier: "none" | "board" | "slt";
  readonly standing: boolean;
}

/** A risk that holds, with the cases that name it. */
export interface ListedRisk extends RiskRow {
  readonly id: number;
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly isStale: boolean;
  readonly cases: readonly CaseOfRisk[];
}

export interface RiskFilter {
  readonly sight: Sight;
  readonly now: Temporal.Instant;
  readonly today: Temporal.PlainDate;
  readonly organisation?: string | undefined;
  readonly reference?: string | undefined;
  /** Only the risk behind this case. */
  readonly escalation?: number | undefined;
  readonly band?: RiskBand | undefined;
  /** Only those whose review is stale. */
  readonly stale?: boolean | undefined;
}

/** How many risks there are, of what is asked for. */
export interface RiskCounts {
  readonly all: number;
  readonly extreme: number;
  readonly high: number;
  readonly stale: number;
}

const SCORE = sql`(r.likelihood * r.impact)`;

/** Whether the review of the risk in row `r` is stale on a day, as `isReviewStale` says of one. */
function riskIsStale(today: Temporal.PlainDate) {
  const before = (band: RiskBand) => sql`${staleBefore(band, today).toString()}::date`;
  return sql<boolean>`(r.reviewed_on is null or r.reviewed_on < case
    when ${SCORE} >= ${LEAST_SCORE.extreme} then ${before("extreme")}
    when ${SCORE} >= ${LEAST_SCORE.high} then ${before("high")}
    when ${SCORE} >= ${LEAST_SCORE.moderate} then ${before("moderate")} else ${before("low")} end)`;
}

/** A condition on the row `r` of `risk`: of a visible organisation, or named by a case that is seen. */
export function riskSeen(sight: Sight, now: Temporal.Instant) {
  const ofOrganisation = isVisible("r.organisation", sight.organisations);
  if (sight.organisations === null || sight.forums.length === 0) return ofOrganisation;
  return sql<boolean>`(${ofOrganisation} or exists (select from risk_case link join escalation e on e.id = link.escalation
    where ${linked} and ${caseSeen(sight, now)}))`;
}

const linked = sql`link.ended_at is null and link.organisation = r.organisation and lower(link.reference) = lower(r.reference)`;

/** Risks that hold, the worst first: a page of them, and how many there are of what is asked for; one statement. */
export async function listRisks(
  db: Kysely<Database>,
  filter: RiskFilter,
  page: { readonly skip: number; readonly limit: number },
): Promise<{ risks: ListedRisk[]; counts: RiskCounts }> {
  const { rows } = await sql<ListedRisk & RiskCounts>`
    with found as materialized (select r.*, ${riskIsStale(filter.today)} as stale from risk r where ${matching(filter)}),
    counted as (select count(*)::int as "all", count(*) filter (where likelihood * impact >= ${LEAST_SCORE.extreme})::int as extreme,
      count(*) filter (where likelihood * impact between ${LEAST_SCORE.high} and ${LEAST_SCORE.extreme - 1})::int as high,
      count(*) filter (where stale)::int as stale from found),
    page as (select * from found order by likelihood * impact desc, organisation, lower(reference)
      limit ${page.limit} offset ${page.skip})
    select counted."all", counted.extreme, counted.high, counted.stale, r.id, r.organisation, r.reference, r.title,
      r.likelihood, r.impact, r.reviewed_on as "reviewedOn", r.owner, r.by, r.at, r.stale as "isStale", ${casesOfRisk(filter)} as cases
    from counted left join page r on true
    order by r.likelihood * r.impact desc, r.organisation, lower(r.reference)`.execute(db);
  const counts = rows[0] ?? { all: 0, extreme: 0, high: 0, stale: 0 };
  return {
    risks: rows.flatMap(({ all: _all, extreme: _extreme, high: _high, stale: _stale, ...risk }) =>
      (risk.id as number | null) === null ? [] : [risk],
    ),
    counts,
  };
}

/** The cases that name the risk in row `r` and that are seen, as JSON. */
export function casesOfRisk({ sight, now }: Pick<RiskFilter, "sight" | "now">) {
  return sql<
    CaseOfRisk[]
  >`coalesce((select json_agg(json_build_object('id', e.id, 'concern', e.concern, 'metric', m.name,
      'tier', e.tier, 'standing', e.standing) order by e.id)
    from risk_case link join escalation e on e.id = link.escalation and not e.withdrawn
    left join metric m on m.code = e.metric and m.until is null
    where ${linked} and ${caseSeen(sight, now)}), '[]')`;
}

const NEXT_BAND: Readonly<Record<RiskBand, number>> = {
  low: LEAST_SCORE.moderate,
  moderate: LEAST_SCORE.high,
  high: LEAST_SCORE.extreme,
  extreme: Infinity,
};

function matching(filter: RiskFilter) {
  const { sight, now, today, organisation, reference, escalation, band, stale } = filter;
  const conditions = [
    sql`r.until is null`,
    riskSeen(sight, now),
    ...(organisation === undefined ? [] : [sql`r.organisation = ${organisation}`]),
    ...(reference === undefined ? [] : [sql`lower(r.reference) = lower(${reference})`]),
    ...(escalation === undefined
      ? []
      : [
          sql`exists (select from risk_case link join escalation e on e.id = link.escalation
            where ${linked} and e.id = ${escalation} and ${caseSeen(sight, now)})`,
        ]),
    ...(band === undefined
      ? []
      : [sql`${SCORE} >= ${LEAST_SCORE[band]} and ${SCORE} < ${Math.min(NEXT_BAND[band], 26)}`]),
    ...(stale === true ? [riskIsStale(today)] : []),
  ];
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
