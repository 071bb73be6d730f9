import { asPeriod, type Period, stepOf } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { sentFigures, Slab } from "../evaluation/arrays.ts";
import { seriesSeen, type Sight } from "../sight.ts";
import type { Database } from "../tables.ts";
import { ALL_SIGNED, type Unsigned, unsignedFigures } from "../unsigned.ts";
import { sees } from "../visible-organisations.ts";
import { pairOf, type ScorecardScope, scopedSeries } from "./scope.ts";
import { type ScorecardCatalogue, targetsOf } from "./scorecard-catalogue.ts";
import { type DecidedSeries, lastMonthOf, type Standing, standingBy } from "./standing-by.ts";

export interface ScorecardRow {
  readonly series: DecidedSeries;
  readonly now: Standing;
  /** By the period before; null where the organisation was not open then. */
  readonly before: Standing | null;
}

export interface Scorecard {
  /** The month by whose end it stands; null where nothing has a figure yet. */
  readonly through: Period | null;
  /** The first and the last month of which any series has a figure. */
  readonly reached: { readonly first: Period; readonly last: Period } | null;
  /** In order of domain, those without one last, metric and organisation. */
  readonly rows: readonly ScorecardRow[];
}

export interface ScorecardAsked {
  readonly scope: ScorecardScope;
  readonly sight: Sight;
  /** The month by whose end it is to stand; the latest reached where left out. */
  readonly through?: Period | undefined;
  /** How many months lie between a period and the one before it: 1, or 3 where quarters are compared. */
  readonly apart?: 1 | 3 | undefined;
}

interface Row {
  series: number;
  metric: string;
  organisation: string;
  first_period: number;
  vals: Buffer;
  rag: string;
  provisional: string;
  partial: string;
  submissions: Buffer | null;
}

/** All rows of a scorecard in one statement, and one that asks which submissions wait for a signature. */
export async function readScorecard(
  db: Kysely<Database>,
  catalogue: ScorecardCatalogue,
  { scope, sight, through, apart = 1 }: ScorecardAsked,
): Promise<Scorecard> {
  const decided = await decidedSeries(db, catalogue, { scope, sight });
  const last = decided.reduce<number>((latest, one) => Math.max(latest, lastMonthOf(one) ?? 0), 0);
  if (last === 0) return { through: through ?? null, reached: null, rows: [] };
  const first = decided.reduce((least, one) => Math.min(least, one.first), last);
  const by = through ?? asPeriod(last);
  const rows = decided.flatMap((series) => {
    const now = standingBy(series, by);
    return now === null ? [] : [{ series, now, before: standingBy(series, asPeriod(by - apart)) }];
  });
  return { through: by, reached: { first: asPeriod(first), last: asPeriod(last) }, rows: rows.toSorted(inOrder) };
}

async function decidedSeries(
  db: Kysely<Database>,
  catalogue: ScorecardCatalogue,
  { scope, sight }: Pick<ScorecardAsked, "scope" | "sight">,
): Promise<DecidedSeries[]> {
  const { metrics, organisations, pairs } = scopedSeries(catalogue, scope, sight);
  if (metrics.length === 0 || organisations.length === 0 || pairs?.size === 0) return [];
  // Whoever sees an organisation wholly sees its unsigned figures too.
  const unsigned = organisations.every((code) => sees(sight.organisations, code))
    ? ALL_SIGNED
    : await unsignedFigures(db);
  const submissions = unsigned.submissions.size === 0 ? sql`null::bytea` : sql`array_send(d.submissions)`;
  const { rows } = await sql<Row>`select s.id as series, s.metric, s.organisation, d.first_period,
      array_send(d.vals) as vals, d.rag, d.provisional, d.partial, ${submissions} as submissions
    from series s join series_decision d on d.series = s.id
    where s.organisation = any(${organisations}::text[]) and s.metric = any(${metrics}::text[])
      and ${seriesSeen(sight, { metric: "s.metric", organisation: "s.organisation" })}`.execute(db);
  const slab = new Slab(rows.reduce((places, { rag }) => places + rag.length, 0));
  return rows.flatMap((row) => {
    const metric = catalogue.metrics.get(row.metric);
    const organisation = catalogue.organisations.get(row.organisation);
    if (metric === undefined || organisation === undefined) return [];
    if (pairs !== null && !pairs.has(pairOf(row.metric, row.organisation))) return [];
    const values = sentFigures(row.vals, row.rag.length, slab);
    const hidden = sees(sight.organisations, row.organisation)
      ? NONE
      : unsignedPlaces(row, { unsigned, step: stepOf(metric.frequency) });
    for (const place of hidden) values[place] = NaN;
    const { series, rag, provisional, partial } = row;
    const target = targetsOf(catalogue, row.metric, row.organisation);
    const first = asPeriod(row.first_period);
    return [{ series, metric, organisation, first, values, rag, provisional, partial, unsigned: hidden, target }];
  });
}

const NONE: ReadonlySet<number> = new Set();

function unsignedPlaces(
  { metric, organisation, first_period: first, submissions, rag }: Row,
  { unsigned, step }: { unsigned: Unsigned; step: number },
): ReadonlySet<number> {
  if (submissions === null) return NONE;
  const given = sentFigures(submissions, rag.length, new Slab(rag.length));
  const places = new Set<number>();
  for (const [place, submission] of given.entries()) {
    const figure = { metric, organisation, period: first + place * step };
    if (unsigned.waits({ ...figure, submission: Number.isNaN(submission) ? null : submission })) places.add(place);
  }
  return places;
}

function inOrder({ series: a }: ScorecardRow, { series: b }: ScorecardRow): number {
  return (
    Number(a.metric.domain === "") - Number(b.metric.domain === "") ||
    compared(a.metric.domain, b.metric.domain) ||
    compared(a.metric.name, b.metric.name) ||
    compared(a.metric.code, b.metric.code) ||
    compared(a.organisation.name, b.organisation.name)
  );
}

const { compare } = new Intl.Collator("en-GB", { numeric: true });
const compared = (a: string, b: string): number => (a === b ? 0 : compare(a, b));
