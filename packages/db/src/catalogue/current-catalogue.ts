import type {
  FormerParent,
  Frequency,
  MetricPlausibility,
  MetricRules,
  OrganisationKind,
  Period,
  Protocol,
  Successor,
  ThresholdRow,
} from "@signalbox/domain";
import { protocolSchema } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

export interface Organisation {
  readonly code: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly parent: string | null;
  /** Days as "YYYY-MM-DD". */
  readonly opened: string | null;
  readonly closed: string | null;
  /** Whether the executive signs off before the organisation's figures are released. */
  readonly signOff: boolean;
}

export interface Forum {
  readonly code: string;
  readonly name: string;
  readonly tier: "board" | "slt";
  readonly parent: string | null;
}

export interface Person {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly forum: string | null;
  readonly organisation: string | null;
}

export interface Metric extends MetricRules, MetricPlausibility {
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly area: string;
  readonly domain: string;
  readonly scale: readonly string[];
  readonly aggregation: "sum" | "ratio" | "none";
  readonly dueWorkingDay: number | null;
  readonly urgent: boolean;
}

export interface SeriesDetail {
  readonly metric: string;
  readonly organisation: string;
  readonly owner: string | null;
  readonly author: string | null;
}

/** A threshold as loaded; which rows concern a series is the reader's to choose. */
export interface CatalogueThreshold extends Omit<ThresholdRow, "scope"> {
  readonly metric: string;
  readonly organisation: string | null;
  readonly level: string | null;
}

/** The catalogue in force, but for plans, targets and sources. */
export interface CurrentCatalogue {
  readonly version: number;
  readonly protocol: { readonly id: number; readonly body: Protocol };
  readonly organisations: ReadonlyMap<string, Organisation>;
  readonly forums: ReadonlyMap<string, Forum>;
  readonly people: readonly Person[];
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly seriesDetails: readonly SeriesDetail[];
  readonly thresholds: ReadonlyMap<string, readonly CatalogueThreshold[]>;
  readonly successors: readonly Successor[];
  /** Where organisations stood before; in other months their `parent` holds. */
  readonly formerParents: readonly FormerParent[];
}

interface Row {
  version: number | null;
  protocol: { id: number; body: unknown } | null;
  organisations: Organisation[];
  forums: Forum[];
  people: Person[];
  metrics: (Omit<Metric, "frequency"> & { frequency: Frequency })[];
  details: SeriesDetail[];
  thresholds: CatalogueThreshold[];
  successors: Successor[];
  formerParents: FormerParent[];
}

const all = (columns: string, table: string) =>
  sql`(select coalesce(json_agg(t), '[]') from (select ${sql.raw(columns)} from ${sql.raw(table)}
    where until is null order by id) t)`;

/** Reads the whole catalogue in force in one round trip; null where none was ever loaded. */
export async function currentCatalogue(db: Kysely<Database>): Promise<CurrentCatalogue | null> {
  const { rows } = await sql<Row>`select
    (select max(id) from catalogue_version) as version,
    (select json_build_object('id', id, 'body', body) from protocol where until is null) as protocol,
    ${all(`code, name, kind, parent, opened, closed, sign_off as "signOff"`, "organisation")} as organisations,
    ${all("code, name, tier, parent", "forum")} as forums,
    ${all("email, name, role, forum, organisation", "person")} as people,
    ${all(
      `code, name, description, area, domain, unit, scale, better, frequency, aggregation, decimals,
      definition_changes as "definitionChanges", accumulates, minimum_change as "minimumChange",
      due_working_day as "dueWorkingDay", urgent, plausible_from as "plausibleFrom", plausible_to as "plausibleTo",
      plausible_jump as "plausibleJump", zero_after as "zeroAfter", implausible`,
      "metric",
    )} as metrics,
    ${all("metric, organisation, owner, author", "series_detail")} as details,
    ${all(
      `id, metric, organisation, level, basis, board, slt, from_period as "from", to_period as "to", status`,
      "threshold",
    )} as thresholds,
    ${all(`organisation, successor, from_period as "from"`, "successor")} as successors,
    ${all(`organisation, parent, from_period as "from", to_period as "to"`, "organisation_parent")} as "formerParents"
  `.execute(db);
  const [row] = rows;
  if (row === undefined || row.version === null || row.protocol === null) return null;
  return {
    version: row.version,
    protocol: { id: row.protocol.id, body: protocolSchema.parse(row.protocol.body) },
    organisations: byCode(row.organisations),
    forums: byCode(row.forums),
    people: row.people,
    metrics: byCode(row.metrics),
    seriesDetails: row.details,
    thresholds: Map.groupBy(row.thresholds, ({ metric }) => metric),
    successors: row.successors,
    formerParents: row.formerParents,
  };
}

function byCode<T extends { readonly code: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.code, row]));
}

/** The number of the catalogue in force, by which a reader knows whether what it kept still holds; 0 for none. */
export async function catalogueVersion(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{
    version: number;
  }>`select coalesce(max(id), 0) as version from catalogue_version`.execute(db);
  return rows[0]?.version ?? 0;
}

/** Plans by period of the given series (by id), as the catalogue has them, in order of period. */
export async function plansFor(
  db: Kysely<Database>,
  series: readonly number[],
): Promise<Map<number, { readonly periods: readonly Period[]; readonly values: readonly number[] }>> {
  if (series.length === 0) return new Map();
  const { rows } = await sql<{ series: number; periods: Period[]; values: number[] }>`
    select s.id as series, array_agg(p.period order by p.period) as periods,
      array_agg(p.value order by p.period) as values
    from series s join plan p on p.metric = s.metric and p.organisation = s.organisation and p.until is null
    where s.id = any(${series}) group by s.id`.execute(db);
  return new Map(rows.map((row) => [row.series, row]));
}
