import { type Protocol, protocolSchema } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** The protocol in force; one with every key missing where no catalogue was loaded yet. */
export async function protocolInForce(db: Kysely<Database>): Promise<Protocol> {
  const { rows } = await sql<{ body: unknown }>`
    select body from protocol where until is null order by id desc limit 1`.execute(db);
  return protocolSchema.parse(rows[0]?.body ?? {});
}
