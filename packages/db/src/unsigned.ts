import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

/** On a row of `submission`: asked of its executive, and neither signed nor released nor withdrawn (decision 0017). */
export const WAITS_FOR_SIGNATURE = sql<boolean>`sign_off_asked_at is not null and signed_off_at is null
  and released_at is null and withdrawn_at is null`;

/** What stands in the place of a value that waits for its executive's signature. */
export const NOT_SIGNED_OFF = "not signed off yet";

/**
 * The submissions that wait for their executive's sign-off; few at any time. Who sees a series only by forum does not see
 * the values that these gave. One that nobody signed is released by the clock, and is then no longer among them.
 */
export async function unsignedSubmissions(db: Kysely<Database>): Promise<ReadonlySet<number>> {
  const rows = await db.selectFrom("submission").select("id").where(WAITS_FOR_SIGNATURE).execute();
  return new Set(rows.map(({ id }) => id));
}
