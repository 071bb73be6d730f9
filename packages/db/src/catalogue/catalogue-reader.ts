import type { Kysely } from "kysely";
import type { Database } from "../tables.ts";
import { catalogueVersion, currentCatalogue, type CurrentCatalogue } from "./current-catalogue.ts";

/** Reads the catalogue in force; null where none was ever loaded. */
export type ReadCatalogue = (db: Kysely<Database>) => Promise<CurrentCatalogue | null>;

/** A reader that keeps what it read of the catalogue for as long as no other version is loaded. */
export function keptByVersion<T>(read: (db: Kysely<Database>) => Promise<T>): (db: Kysely<Database>) => Promise<T> {
  let kept: { readonly version: number; readonly value: T } | null = null;
  return async (db) => {
    const version = await catalogueVersion(db);
    if (kept?.version !== version) kept = { version, value: await read(db) };
    return kept.value;
  };
}

/** A reader of the catalogue that reads it once a version. */
export function catalogueReader(): ReadCatalogue {
  return keptByVersion(currentCatalogue);
}
