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

/** Looks up what some evaluations and limits were; of a metric each definition that held at one of the evaluations. */
export async function versionsApplied(
  db: Kysely<Database>,
  of: { evaluations: readonly number[]; thresholds: readonly number[]; metric: string | null },
): Promise<AppliedVersions> {
  const { rows: evaluations } = await sql<EvaluationRecord>`
    select id, at, catalogue_version as "catalogueVersion", protocol from evaluation
    where id = any(${[...new Set(of.evaluations)]}::int[]) order by id`.execute(db);
  const { rows: thresholds } = await sql<ThresholdRecord>`
    select id, since, until, organisation, level, basis, board, slt, from_period as "from", to_period as "to", status,
      approved_on as "approvedOn", minute
    from threshold where id = any(${[...new Set(of.thresholds)]}::bigint[]) order by id`.execute(db);
  const { rows: protocols } = await sql<ProtocolRecord>`
    select id, since, until, body from protocol
    where id = any(${evaluations.map(({ protocol }) => protocol)}::bigint[]) order by id`.execute(db);
  const versions = evaluations.map(({ catalogueVersion }) => catalogueVersion);
  const { rows: definitions } = await sql<DefinitionRecord>`
    select since, until, name, description, unit, better, decimals, aggregation, accumulates,
      minimum_change as "minimumChange", definition_changes as "definitionChanges"
    from metric m where code = ${of.metric} and exists (select from unnest(${versions}::int[]) v
      where m.since <= v and (m.until is null or m.until > v)) order by since`.execute(db);
  const named = [...versions, ...[...thresholds, ...protocols, ...definitions].map(({ since }) => since)];
  const { rows: catalogues } = await sql<AppliedVersions["catalogues"][number]>`
    select id as version, loaded_at as "loadedAt", loaded_by as "loadedBy" from catalogue_version
    where id = any(${[...new Set(named)]}::int[]) order by id`.execute(db);
  const read = protocols.map((protocol) => ({ ...protocol, body: protocolSchema.parse(protocol.body) }));
  return { evaluations, thresholds, protocols: read, definitions, catalogues };
}
