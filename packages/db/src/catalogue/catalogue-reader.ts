import type { Kysely } from "kysely";
import type { Database } from "../tables.ts";
import { catalogueVersion, currentCatalogue, type CurrentCatalogue } from "./current-catalogue.ts";

/** Reads the catalogue in force; null where none was ever loaded. */
export type ReadCatalogue = (db: Kysely<Database>) => Promise<CurrentCatalogue | null>;

/** A reader that keeps what it read for as long as no other version is loaded. */
export function catalogueReader(): ReadCatalogue {
  let kept: CurrentCatalogue | null = null;
  return async (db) => {
    if (kept === null || kept.version !== (await catalogueVersion(db))) kept = await currentCatalogue(db);
    return kept;
  };
}
