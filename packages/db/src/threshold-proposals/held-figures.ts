import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/** A submission that was not released, and the first month it speaks of for some metrics. */
export interface HeldFigures {
  readonly readAt: Temporal.Instant;
  readonly isUnsigned: boolean;
  readonly firstPeriod: number;
}

const LOOKED_BACK = { hours: 24 * 90 };

/** The submissions of the last 90 days that may still be held back from forums, and from which month on, for some metrics. */
export async function heldFigures(
  db: Kysely<Database>,
  metrics: readonly string[],
  now: Temporal.Instant,
): Promise<HeldFigures[]> {
  const { rows } = await sql<HeldFigures>`select v.read_at as "readAt",
      v.sign_off_asked_at is not null and v.signed_off_at is null as "isUnsigned", min(o.period) as "firstPeriod"
    from submission v join observation o on o.submission = v.id join series s on s.id = o.series
    where v.released_at is null and v.withdrawn_at is null and v.read_at > ${now.subtract(LOOKED_BACK).toString()}::timestamptz
      and s.metric = any(${metrics}::text[])
    group by v.id`.execute(db);
  return rows;
}
