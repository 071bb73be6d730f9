import { type Kysely, sql } from "kysely";
import type { Database, MetricTable } from "./tables.ts";

/** How a metric is called and its values are written. */
export interface MetricName {
  readonly name: string;
  readonly unit: MetricTable["unit"];
  readonly scale: readonly string[];
  readonly decimals: number;
  readonly frequency: MetricTable["frequency"];
}

/** What codes stand for in the catalogue in force. */
export interface CatalogueNames {
  readonly organisations: ReadonlyMap<string, string>;
  readonly forums: ReadonlyMap<string, string>;
  readonly metrics: ReadonlyMap<string, MetricName>;
}

/** The names of all organisations, forums and metrics, in one statement. */
export async function catalogueNames(db: Kysely<Database>): Promise<CatalogueNames> {
  const { rows } = await sql<{
    organisations: [string, string][];
    forums: [string, string][];
    metrics: [string, MetricName][];
  }>`select
    (select coalesce(json_agg(json_build_array(code, name)), '[]') from organisation where until is null) as organisations,
    (select coalesce(json_agg(json_build_array(code, name)), '[]') from forum where until is null) as forums,
    (select coalesce(json_agg(json_build_array(code, json_build_object(
        'name', name, 'unit', unit, 'scale', scale, 'decimals', decimals, 'frequency', frequency))), '[]')
      from metric where until is null) as metrics`.execute(db);
  const row = rows[0];
  return {
    organisations: new Map(row?.organisations),
    forums: new Map(row?.forums),
    metrics: new Map(row?.metrics),
  };
}
