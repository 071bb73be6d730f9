import type { Source } from "@signalbox/domain";
import type { Kysely } from "kysely";
import type { Database } from "../tables.ts";

/** Where files are fetched from, as the catalogue in force says, in order of name. */
export async function currentSources(db: Kysely<Database>): Promise<Source[]> {
  return db
    .selectFrom("source")
    .where("until", "is", null)
    .select(["name", "organisation", "template", "url", "working_day as workingDay"])
    .orderBy("name")
    .execute();
}
