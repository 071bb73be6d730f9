import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import type { FileChanges } from "./differences.ts";

/** One load of the catalogue. */
export interface CatalogueVersion {
  readonly version: number;
  readonly loadedAt: Temporal.Instant;
  readonly loadedBy: string;
  /** The person's name, where the one who loaded it is in the catalogue. */
  readonly name: string | null;
  readonly changes: readonly FileChanges[];
}

/** The loads of the catalogue, latest first, with how many there are. */
export async function catalogueVersions(
  db: Kysely<Database>,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ versions: CatalogueVersion[]; total: number }> {
  const { rows } = await sql<CatalogueVersion & { total: number }>`
    select v.id as version, v.loaded_at as "loadedAt", v.loaded_by as "loadedBy", v.changes, count(*) over () as total,
      (select p.name from person p where p.email = v.loaded_by order by p.id desc limit 1) as name
    from catalogue_version v order by v.id desc limit ${limit} offset ${offset}`.execute(db);
  return { versions: rows.map(({ total: _total, ...version }) => version), total: rows[0]?.total ?? 0 };
}

/** One load of the catalogue; null where there was none of that number. */
export async function catalogueVersionOf(db: Kysely<Database>, version: number): Promise<CatalogueVersion | null> {
  const { rows } = await sql<CatalogueVersion>`
    select v.id as version, v.loaded_at as "loadedAt", v.loaded_by as "loadedBy", v.changes,
      (select p.name from person p where p.email = v.loaded_by order by p.id desc limit 1) as name
    from catalogue_version v where v.id = ${version}`.execute(db);
  return rows[0] ?? null;
}
