import type { Kysely } from "kysely";
import type { Database } from "../tables.ts";
import type { CatalogueRows } from "./catalogue-rows.ts";
import { type CatalogueLoad, type LoadedBy, loadWithin } from "./load-catalogue.ts";

/**
 * What loading a checked catalogue would come to: all of it is done and taken back, so that it says what a load says, what
 * is refused and how much is decided again. Throws CatalogueChanged as a load does.
 */
export async function tryCatalogueRows(
  db: Kysely<Database>,
  catalogue: CatalogueRows,
  by: LoadedBy,
): Promise<CatalogueLoad> {
  const trx = await db.startTransaction().execute();
  try {
    return await loadWithin(trx, catalogue, { ...by, isTry: true });
  } finally {
    await trx.rollback().execute();
  }
}
