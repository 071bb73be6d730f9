import { type Kysely, sql } from "kysely";
import { at } from "../instants.ts";
import type { Database } from "../tables.ts";

/** A meeting that holds: when it begins, and until when its papers are taken. */
export interface NextMeeting {
  readonly id: number;
  readonly startsAt: Temporal.Instant;
  readonly papersDueAt: Temporal.Instant;
}

/** The first meeting of each forum that begins after a moment, by the forum's code; one without a meeting is left out. */
export async function nextMeetings(
  db: Kysely<Database>,
  after: Temporal.Instant,
): Promise<ReadonlyMap<string, NextMeeting>> {
  const { rows } = await sql<NextMeeting & { readonly forum: string }>`
    select distinct on (forum) forum, id, starts_at as "startsAt", papers_due_at as "papersDueAt" from meeting
    where starts_at > ${at(after)} and cancelled_at is null order by forum, starts_at`.execute(db);
  return new Map(rows.map(({ forum, ...meeting }) => [forum, meeting]));
}
