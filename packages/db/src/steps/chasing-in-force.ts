import { chasingBy, type Chasing, type Frequency, rulesFor } from "@signalbox/domain";
import type { Kysely } from "kysely";
import type { Database } from "../tables.ts";
import { protocolInForce } from "./protocol-in-force.ts";

/** How the protocol in force chases what is asked about figures of a frequency; null where it does not. */
export type ChasingOf = (frequency: Frequency) => Chasing | null;

/** Reads how the protocol in force chases. */
export async function chasingInForce(db: Kysely<Database>): Promise<ChasingOf> {
  const protocol = await protocolInForce(db);
  const by = {
    monthly: chasingBy(rulesFor(protocol, "monthly")),
    quarterly: chasingBy(rulesFor(protocol, "quarterly")),
  };
  return (frequency) => by[frequency];
}
