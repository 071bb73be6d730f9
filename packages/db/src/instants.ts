import { sql } from "kysely";

/** A moment as a query's parameter: pg would write a Temporal.Instant as JSON. */
export function at(instant: Temporal.Instant) {
  return sql<Temporal.Instant>`${instant.toString()}::timestamptz`;
}
