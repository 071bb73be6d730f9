import { aggregatePlan, stepOf } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { figures } from "../evaluation/arrays.ts";
import { caseSeen, seesSeries, type Sight } from "../sight.ts";
import type { Database } from "../tables.ts";
import { ALL_SIGNED, unsignedFigures } from "../unsigned.ts";
import { sees } from "../visible-organisations.ts";
import type { ScorecardRow } from "./read-scorecard.ts";
import type { ScorecardCatalogue } from "./scorecard-catalogue.ts";

/** What stands beside the figure of a row, for its period; null for none. */
export interface Beside {
  /** The plan that counts: the series' own, else for a share or a duration the system's. */
  readonly plan: number | null;
  readonly ownPlan: number | null;
  /** What the plans of those below add up to. */
  readonly plansBelow: number | null;
  /** The system's value. */
  readonly system: number | null;
  /** What others publish for the metric in that period, and whose it is. */
  readonly comparator: { readonly name: string; readonly value: number } | null;
  /** The case that stands of this series. */
  readonly openCase: number | null;
}

interface Row {
  series: number;
  plan: number | null;
  own: number | null;
  below: number | null;
  plans: string | null;
  denominators: string | null;
  system: number | null;
  system_submission: number | null;
  compared_name: string | null;
  compared_value: number | null;
}

const NOTHING: Beside = { plan: null, ownPlan: null, plansBelow: null, system: null, comparator: null, openCase: null };

/** What stands beside the rows of one page, by series, in two statements. */
export async function readBeside(
  db: Kysely<Database>,
  { catalogue, sight, now }: { catalogue: ScorecardCatalogue; sight: Sight; now: Temporal.Instant },
  rows: readonly ScorecardRow[],
): Promise<(row: ScorecardRow) => Beside> {
  if (rows.length === 0) return () => NOTHING;
  const { system } = catalogue;
  const [plans, cases, unsigned] = await Promise.all([
    plansOf(db, catalogue, rows),
    openCases(db, { sight, now }, rows),
    sees(sight.organisations, system) || sight.forums.length === 0 ? ALL_SIGNED : unsignedFigures(db),
  ]);
  return ({ series: { series, metric, organisation }, now: { period } }) => {
    const row = plans.get(series);
    const submission = row?.system_submission ?? null;
    const isSigned = !unsigned.waits({ metric: metric.code, organisation: system, period, submission });
    const seesSystem = seesSeries(sight, { organisation: system, kind: "system", area: metric.area });
    const isComparable = metric.unit === "percent" || metric.unit === "rate" || metric.unit === "duration";
    return {
      plan: row?.plan ?? null,
      ownPlan: row?.own ?? null,
      plansBelow: row === undefined ? null : addedUp(row, metric),
      system: seesSystem && isSigned && isComparable && organisation.code !== system ? (row?.system ?? null) : null,
      comparator: row === undefined ? null : comparatorOf(row),
      openCase: cases.get(series) ?? null,
    };
  };
}

function comparatorOf({ compared_name: name, compared_value: value }: Row): Beside["comparator"] {
  return name === null || value === null ? null : { name, value };
}

function addedUp({ below, plans, denominators }: Row, { aggregation }: Parameters<typeof stepOfMetric>[0]) {
  if (below === null || below === 0) return null;
  const weights = figures(denominators ?? "", below);
  const given = Array.from(figures(plans ?? "", below), (plan, at) => ({ plan, denominator: weights[at] ?? NaN }));
  const sum = aggregatePlan(aggregation, given);
  return Number.isNaN(sum) ? null : sum;
}

const stepOfMetric = ({ frequency }: ScorecardRow["series"]["metric"]): number => stepOf(frequency);

/** The place of a period in arrays that begin with `first_period`. */
const at = (table: string) => sql`(w.period - ${sql.ref(`${table}.first_period`)}) / w.step + 1`;

// Metric and organisation are given, not joined: for a hundred rows PostgreSQL would read every series there is.
async function plansOf(db: Kysely<Database>, { system }: ScorecardCatalogue, rows: readonly ScorecardRow[]) {
  const asked = rows.map(({ series: { series, metric, organisation }, now }) => ({
    series,
    metric: metric.code,
    organisation: organisation.code,
    period: now.period,
    step: stepOfMetric(metric),
    adds: metric.aggregation !== "none",
    sums: metric.aggregation === "sum",
  }));
  const { rows: found } = await sql<Row>`select w.series, d.plans[${at("d")}] as plan,
      coalesce(p.value, st.plans[${at("st")}]) as own, b.below, b.plans, b.denominators, y.value as system, y.submission as system_submission,
      c.name as compared_name, c.value as compared_value
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as w(series int, metric text, organisation text, period int,
      step int, adds boolean, sums boolean)
    join series_decision d on d.series = w.series
    left join series_state st on st.series = w.series
    left join plan p on p.metric = w.metric and p.organisation = w.organisation and p.period = w.period and p.until is null
    left join comparator c on c.metric = w.metric and c.period = w.period and c.until is null
    left join lateral (
      select count(*)::int as below,
        array_to_string(array_agg(coalesce(cp.value, cst.plans[${at("cst")}]) order by cs.organisation), ',', '') as plans,
        array_to_string(array_agg(cd.denominators[${at("cd")}] order by cs.organisation), ',', '') as denominators
      from series_state cst
      join series cs on cs.id = cst.series
      join series_decision cd on cd.series = cst.series
      left join plan cp on cp.metric = cs.metric and cp.organisation = cs.organisation and cp.period = w.period
        and cp.until is null
      where w.adds and cst.parent = w.series and (cd.vals[${at("cd")}] is not null
        or w.sums and coalesce(cp.value, cst.plans[${at("cst")}]) is not null)) b on true
    left join lateral (
      select yd.vals[${at("yd")}] as value, yd.submissions[${at("yd")}] as submission from series ys join series_decision yd on yd.series = ys.id
      where ys.metric = w.metric and ys.organisation = ${system}) y on true`.execute(db);
  return new Map(found.map((row) => [row.series, row]));
}

async function openCases(
  db: Kysely<Database>,
  { sight, now }: { sight: Sight; now: Temporal.Instant },
  rows: readonly ScorecardRow[],
): Promise<Map<number, number>> {
  const { rows: found } = await sql<{ series: number; id: number }>`select e.series, e.id from escalation e
    where e.standing and not e.withdrawn and e.series = any(${rows.map(({ series }) => series.series)}::int[])
      and ${caseSeen(sight, now)}`.execute(db);
  return new Map(found.map(({ series, id }) => [series, id]));
}
