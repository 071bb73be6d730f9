import { type Kysely, sql } from "kysely";
import type { CurrentCatalogue } from "./catalogue/current-catalogue.ts";
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

const kept = new WeakMap<CurrentCatalogue, CatalogueNames>();

/** The names in a catalogue that was read already. */
export function namesIn(catalogue: CurrentCatalogue): CatalogueNames {
  const known = kept.get(catalogue);
  if (known !== undefined) return known;
  const nameOf = <T extends { readonly name: string }>(all: ReadonlyMap<string, T>) =>
    new Map([...all].map(([code, { name }]) => [code, name]));
  const { organisations, forums, metrics } = catalogue;
  const names = { organisations: nameOf(organisations), forums: nameOf(forums), metrics };
  kept.set(catalogue, names);
  return names;
}
