import { type Kysely, sql } from "kysely";
import { hasNoNextStep } from "./steps/keep-next-steps.ts";
import type { Database } from "./tables.ts";

/** Work that is waiting in PostgreSQL, whoever was to answer its bell. */
export interface LeftOverWork {
  readonly series: boolean;
  readonly organisations: boolean;
}

export async function leftOverWork(db: Kysely<Database>): Promise<LeftOverWork> {
  const { rows } = await sql<LeftOverWork>`select
    exists (select from series_state where due and failed_at is null) as series,
    exists (select from organisation_due where failed_at is null) as organisations`.execute(db);
  return rows[0] ?? { series: false, organisations: false };
}

/** Notes until when the clock has been acted on; what `PUT /clock` waits for. */
export async function clockRanThrough(db: Kysely<Database>, now: Temporal.Instant): Promise<void> {
  await sql`update clock set ran_through = greatest(ran_through, ${now.toString()}::timestamptz)`.execute(db);
}

/** Submissions that wait for their executive. */
const unsigned = sql`signed_off_at is null and released_at is null and withdrawn_at is null`;

/** Whether all that had fallen due by a moment is done, but for mail, which may follow. */
export async function isDoneBy(db: Kysely<Database>, moment: Temporal.Instant): Promise<boolean> {
  const at = moment.toString();
  const { rows } = await sql<{ done: boolean }>`select
    exists (select from clock where ran_through >= ${at}::timestamptz)
    and not exists (select from series_state where due and failed_at is null)
    and not exists (select from organisation_due where failed_at is null)
    and not exists (select from telling where state = 'waiting' and tell_at <= ${at}::timestamptz)
    and not exists (select from request where next_at <= ${at}::timestamptz)
    and not exists (select from effect_check where next_at <= ${at}::timestamptz)
    and not exists (select from acknowledgement where next_at <= ${at}::timestamptz)
    and not exists (select from chased_return where next_at <= ${at}::timestamptz)
    and not exists (select from submission where unsigned_from <= ${at}::timestamptz and ${unsigned})
    and not exists (select from dispute where ended_at is null and until_at <= ${at}::timestamptz)
    and not exists (select from source_period where next_at <= ${at}::timestamptz)
    and not exists (select from meeting m where papers_due_at <= ${at}::timestamptz and cancelled_at is null
      and not exists (select from meeting_papers p where p.meeting = m.id))
    and not exists (select from submission where channel = 'pull' and status in ('received', 'reading') and failed_at is null)
    and not exists (select from escalation e where ${hasNoNextStep(moment)})
      as done`.execute(db);
  return rows[0]?.done ?? false;
}

/** The next moment after one at which something kept in the database falls due; null where nothing does. */
export async function nextDueMoment(db: Kysely<Database>, after: Temporal.Instant): Promise<Temporal.Instant | null> {
  const at = after.toString();
  const { rows } = await sql<{ next: Temporal.Instant | null }>`select least(
    (select min(tell_at) from telling where state = 'waiting' and tell_at > ${at}::timestamptz),
    (select min(next_at) from request where next_at > ${at}::timestamptz),
    (select min(next_at) from effect_check where next_at > ${at}::timestamptz),
    (select min(next_at) from acknowledgement where next_at > ${at}::timestamptz),
    (select min(next_at) from chased_return where next_at > ${at}::timestamptz),
    (select min(unsigned_from) from submission where unsigned_from > ${at}::timestamptz and ${unsigned}),
    (select min(until_at) from dispute where ended_at is null and until_at > ${at}::timestamptz),
    (select min(next_at) from source_period where next_at > ${at}::timestamptz),
    (select min(papers_due_at) from meeting where cancelled_at is null and papers_due_at > ${at}::timestamptz),
    (select min((closed + 1)::timestamp at time zone 'Europe/London') from organisation
      where until is null and (closed + 1)::timestamp at time zone 'Europe/London' > ${at}::timestamptz)) as next`.execute(
    db,
  );
  return rows[0]?.next ?? null;
}
