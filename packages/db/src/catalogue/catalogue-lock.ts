import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";

const LOCK = 7_165_001;

/** Waits until no other load runs and nobody relies on the catalogue as it is; held until the transaction ends. */
export async function lockCatalogue(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK}::bigint)`.execute(trx);
}

/**
 * Keeps the catalogue as it is until the transaction ends. Whoever makes series or decides by the catalogue calls this
 * first and reads the version after it: else a load between reading and writing would go unseen.
 */
export async function holdCatalogue(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${LOCK}::bigint)`.execute(trx);
}
