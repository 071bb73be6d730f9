import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import type { Database } from "../tables.ts";
import { lockCatalogue } from "./catalogue-lock.ts";
import type { CatalogueRows } from "./catalogue-rows.ts";
import { type FileChanges, findDifferences, nameDifferences, writeDifferences } from "./differences.ts";
import { loadedTables } from "./loaded-tables.ts";
import { findRefusals, type Refusal } from "./refusals.ts";
import { type MadeDue, markTouched } from "./touched.ts";

/** What became of a load. `due` says how much is to be decided again: where it is not 0, ring assess-series. */
export type CatalogueLoad =
  | {
      readonly kind: "loaded";
      readonly version: number;
      readonly changes: readonly FileChanges[];
      readonly due: MadeDue;
    }
  | { readonly kind: "unchanged"; readonly version: number }
  | { readonly kind: "refused"; readonly problems: readonly Refusal[] };

/** Whoever loads was shown what a load would do to another version of the catalogue than the one that now holds. */
export class CatalogueChanged extends Error {
  readonly retry = false;
}

/** Who loads and when, and the version of the catalogue that they believe holds, where they say so. */
export interface LoadedBy {
  readonly actor: string;
  readonly now: Temporal.Instant;
  readonly onTopOf?: number;
  /** The files that were sent, where the others are as they stand; all of them if not given. */
  readonly sent?: ReadonlySet<string>;
  /** True where all of it is taken back: then no number of a version is used up. */
  readonly isTry?: boolean;
}

/**
 * Loads a checked catalogue, all of it or nothing, in one transaction: rows that differ are closed and added under a new
 * version, rows that do not are left alone, and what the differences touch becomes due. Throws CatalogueChanged where it is
 * meant for another version than holds.
 */
export async function loadCatalogueRows(
  db: Kysely<Database>,
  catalogue: CatalogueRows,
  by: LoadedBy,
): Promise<CatalogueLoad> {
  return db.transaction().execute((trx) => loadWithin(trx, catalogue, by));
}

/** The same within a transaction that is the caller's to commit. */
export async function loadWithin(
  trx: Transaction<Database>,
  catalogue: CatalogueRows,
  { actor, now, onTopOf, sent, isTry = false }: LoadedBy,
): Promise<CatalogueLoad> {
  await lockCatalogue(trx);
  if (onTopOf !== undefined && (await latestVersion(trx)) !== onTopOf)
    throw new CatalogueChanged("Another catalogue was loaded meanwhile.");
  for (const table of loadedTables) await findDifferences(trx, table, catalogue);
  const problems = await findRefusals(trx);
  if (problems.length > 0) return { kind: "refused", problems };
  if (sent?.has("thresholds.csv") ?? true) await takeOverLimits(trx);
  const changes: FileChanges[] = [];
  for (const table of loadedTables) changes.push(await nameDifferences(trx, table));
  const differing = changes.filter(({ added, changed, removed }) => added + changed + removed > 0);
  if (differing.length === 0) return { kind: "unchanged", version: await latestVersion(trx) };
  const pretended = isTry ? await latestVersion(trx) : 0;
  const version = pretended || (await newVersion(trx, { actor, now, changes: differing }));
  for (const table of loadedTables) await writeDifferences(trx, table, version);
  const due = await markTouched(trx, now);
  const subject = `catalogue version ${version}`;
  await recordAudit(trx, {
    at: now,
    actor,
    action: "catalogue-loaded",
    subject,
    detail: { changes: differing, due },
  });
  return { kind: "loaded", version, changes: differing, due };
}

/** A limit made on the web that the folder now carries is the folder's from here on: gone from it, it goes. */
async function takeOverLimits(trx: Transaction<Database>): Promise<void> {
  await sql`update threshold o set kept_by_web = false from staged_threshold n
    where o.until is null and o.kept_by_web and o.metric = n.metric and o.status = n.status and o.from_period = n.from_period
      and o.organisation is not distinct from n.organisation and o.level is not distinct from n.level`.execute(trx);
}

/** A new version of the catalogue, and what it changed in words. */
export async function newVersion(
  trx: Transaction<Database>,
  { actor, now, changes }: { actor: string; now: Temporal.Instant; changes: readonly FileChanges[] },
): Promise<number> {
  const { id } = await trx
    .insertInto("catalogue_version")
    .values({ loaded_at: now.toString(), loaded_by: actor, changes: JSON.stringify(changes) })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

async function latestVersion(trx: Transaction<Database>): Promise<number> {
  const { rows } = await sql<{ version: number }>`select max(id) as version from catalogue_version`.execute(trx);
  return rows[0]?.version ?? 0;
}
