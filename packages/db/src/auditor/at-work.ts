import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import { find, type Found } from "./found.ts";

/** The clock, where it has not ticked since a moment of the machine's, or a test clock stands later than anybody acted on. */
export function clockStopped(db: Kysely<Database>, since: Temporal.Instant): Promise<Found[]> {
  return find(
    db,
    sql<Found>`
    select 'The clock does not tick' as what, '/operations#state' as place, (select max(at) from worker_seen where service = 'clock') as since
      where not exists (select from worker_seen where service = 'clock' and at >= ${since.toString()}::timestamptz)
    union all
    select 'What fell due by the test clock is not all done', '/operations#waits', coalesce(ran_through, now)
      from clock where now is not null and (ran_through is null or ran_through < now)`,
  );
}

/** Which of these services nobody has seen at work since a moment of the machine's. */
export function servicesMissed(
  db: Kysely<Database>,
  services: readonly string[],
  since: Temporal.Instant,
): Promise<Found[]> {
  return find(
    db,
    sql<Found>`select 'The service ' || s.name || ' is not seen at work' as what, '/operations#state' as place, w.at as since
    from unnest(${[...services]}::text[]) s (name) left join worker_seen w on w.service = s.name
    where w.at is null or w.at < ${since.toString()}::timestamptz order by s.name`,
  );
}
