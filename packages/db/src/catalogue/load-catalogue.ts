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

/**
 * Loads a checked catalogue, all of it or nothing, in one transaction: rows that differ are closed and added under a new
 * version, rows that do not are left alone, and what the differences touch becomes due.
 */
export async function loadCatalogueRows(
  db: Kysely<Database>,
  catalogue: CatalogueRows,
  { actor, now }: { actor: string; now: Temporal.Instant },
): Promise<CatalogueLoad> {
  return db.transaction().execute(async (trx) => {
    await lockCatalogue(trx);
    for (const table of loadedTables) await findDifferences(trx, table, catalogue);
    const problems = await findRefusals(trx);
    if (problems.length > 0) return { kind: "refused", problems };
    const changes: FileChanges[] = [];
    for (const table of loadedTables) changes.push(await nameDifferences(trx, table));
    const differing = changes.filter(({ added, changed, removed }) => added + changed + removed > 0);
    if (differing.length === 0) return { kind: "unchanged", version: await latestVersion(trx) };
    const version = await newVersion(trx, { actor, now, changes: differing });
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
  });
}

async function newVersion(
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
