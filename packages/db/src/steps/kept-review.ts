import { type RawBuilder, sql } from "kysely";

/** A request `r` to look at a case that nothing else is asked of: nobody asked for it, and it gives way to whatever is asked. */
export const isKeptReview: RawBuilder<boolean> = sql`(r.kind = 'review' and r.asked_by is null and r.ended_at is null)`;
