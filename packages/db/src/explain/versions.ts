import { type Period, type Protocol, protocolSchema } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database, MetricTable, ThresholdTable } from "../tables.ts";

/** When and by which catalogue something was decided. */
export interface EvaluationRecord {
  readonly id: number;
  readonly at: Temporal.Instant;
  readonly catalogueVersion: number;
  readonly protocol: number;
}

interface CatalogueRow {
  /** The catalogue version that brought this row. */
  readonly since: number;
  /** The version that took it out; null while it holds. */
  readonly until: number | null;
}

export interface ThresholdRecord extends CatalogueRow {
  readonly id: number;
  readonly organisation: string | null;
  readonly level: string | null;
  readonly basis: ThresholdTable["basis"];
  readonly board: number | null;
  readonly slt: number | null;
  readonly from: Period;
  readonly to: Period | null;
  readonly status: ThresholdTable["status"];
  readonly approvedOn: string | null;
  readonly minute: string | null;
}

export interface DefinitionRecord
  extends CatalogueRow, Pick<MetricTable, "unit" | "better" | "decimals" | "aggregation"> {
  readonly name: string;
  readonly description: string;
  readonly accumulates: "none" | "quarter" | "year" | "rolling-12";
  readonly minimumChange: number | null;
  readonly definitionChanges: readonly Period[];
}

export interface ProtocolRecord extends CatalogueRow {
  readonly id: number;
  readonly body: Protocol;
}

/** The limits, rules and definitions that were applied, and the catalogues they came with. */
export interface AppliedVersions {
  readonly evaluations: readonly EvaluationRecord[];
  readonly thresholds: readonly ThresholdRecord[];
  readonly protocols: readonly ProtocolRecord[];
  readonly definitions: readonly DefinitionRecord[];
  readonly catalogues: readonly {
    readonly version: number;
    readonly loadedAt: Temporal.Instant;
    readonly loadedBy: string;
  }[];
}

type InText<Record extends { readonly at: unknown }> = Omit<Record, "at"> & { readonly at: string };
type CatalogueInText = Omit<AppliedVersions["catalogues"][number], "loadedAt"> & { readonly loadedAt: string };
type InOneRow = Omit<AppliedVersions, "evaluations" | "catalogues"> & {
  readonly evaluations: readonly InText<EvaluationRecord>[];
  readonly catalogues: readonly CatalogueInText[];
};

/**
 * Looks up what some evaluations and limits were, in one statement; of a metric each definition that held at one of the
 * evaluations.
 */
export async function versionsApplied(
  db: Kysely<Database>,
  of: { evaluations: readonly number[]; thresholds: readonly number[]; metric: string | null },
): Promise<AppliedVersions> {
  const { rows } = await sql<InOneRow>`
    with decided as (
      select id, at, catalogue_version as "catalogueVersion", protocol from evaluation
      where id = any(${[...new Set(of.evaluations)]}::int[])),
    limits as (
      select id, since, until, organisation, level, basis, board, slt, from_period as "from", to_period as "to", status,
        approved_on as "approvedOn", minute
      from threshold where id = any(${[...new Set(of.thresholds)]}::bigint[])),
    rules as (select id, since, until, body from protocol where id in (select protocol from decided)),
    defined as (
      select since, until, name, description, unit, better, decimals, aggregation, accumulates,
        minimum_change as "minimumChange", definition_changes as "definitionChanges"
      from metric m where code = ${of.metric} and exists (select from decided v
        where m.since <= v."catalogueVersion" and (m.until is null or m.until > v."catalogueVersion"))),
    loaded as (
      select id as version, loaded_at as "loadedAt", loaded_by as "loadedBy" from catalogue_version where id in (
        select "catalogueVersion" from decided union select since from limits union select since from rules
        union select since from defined))
    select (select coalesce(json_agg(d order by id), '[]') from decided d) as evaluations,
      (select coalesce(json_agg(l order by id), '[]') from limits l) as thresholds,
      (select coalesce(json_agg(r order by id), '[]') from rules r) as protocols,
      (select coalesce(json_agg(m order by since), '[]') from defined m) as definitions,
      (select coalesce(json_agg(c order by version), '[]') from loaded c) as catalogues`.execute(db);
  const [row] = rows;
  if (row === undefined) return { evaluations: [], thresholds: [], protocols: [], definitions: [], catalogues: [] };
  return {
    ...row,
    evaluations: row.evaluations.map((one) => ({ ...one, at: Temporal.Instant.from(one.at) })),
    protocols: row.protocols.map((protocol) => ({ ...protocol, body: protocolSchema.parse(protocol.body) })),
    catalogues: row.catalogues.map((one) => ({ ...one, loadedAt: Temporal.Instant.from(one.loadedAt) })),
  };
}
