import { chasingBy, type Chasing, type Frequency, protocolSchema, rulesFor } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** How the protocol in force chases what is asked about figures of a frequency; null where it does not. */
export type ChasingOf = (frequency: Frequency) => Chasing | null;

/** Reads how the protocol in force chases. */
export async function chasingInForce(db: Kysely<Database>): Promise<ChasingOf> {
  const { rows } = await sql<{ body: unknown }>`
    select body from protocol where until is null order by id desc limit 1`.execute(db);
  const protocol = protocolSchema.parse(rows[0]?.body ?? {});
  const by = {
    monthly: chasingBy(rulesFor(protocol, "monthly")),
    quarterly: chasingBy(rulesFor(protocol, "quarterly")),
  };
  return (frequency) => by[frequency];
}
