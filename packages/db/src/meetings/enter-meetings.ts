import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import { at as moment } from "../instants.ts";
import { withdrawRequests } from "../steps/ask.ts";
import type { Database } from "../tables.ts";

/** A meeting as somebody enters it. */
export interface MeetingEntered {
  readonly forum: string;
  readonly startsAt: Temporal.Instant;
  readonly papersDueAt: Temporal.Instant;
  readonly place: string;
}

/** What came of meetings that were entered. */
export interface MeetingsEntered {
  readonly added: number;
  /** Another day for the papers, or another place. */
  readonly changed: number;
  readonly unchanged: number;
  /** They were cancelled before: a file does not bring them back. */
  readonly leftCancelled: number;
  /** Nothing was done: the papers of these went out already, so that their deadline holds; by their place in what was given. */
  readonly tooLate: readonly number[];
}

interface Matched {
  readonly place: number;
  readonly id: number | null;
  readonly wasDueAt: Temporal.Instant | null;
  readonly was: string | null;
  readonly isSame: boolean;
  readonly isFrozen: boolean;
  readonly wasCancelled: boolean;
}

/**
 * Enters meetings, all or none: a meeting is known by its forum and beginning. The same again changes nothing. One that was
 * cancelled comes back only where `again` says so.
 */
export async function enterMeetings(
  db: Kysely<Database>,
  meetings: readonly MeetingEntered[],
  { by, now, again = false }: { by: string; now: Temporal.Instant; again?: boolean },
): Promise<MeetingsEntered> {
  return db.transaction().execute(async (trx) => {
    // One entry at a time: what is there is compared with before it is added to.
    await sql`lock table meeting in share row exclusive mode`.execute(trx);
    const given = JSON.stringify(
      meetings.map(({ forum, startsAt, papersDueAt, place: where }, place) => ({
        place,
        forum,
        starts_at: startsAt.toString(),
        papers_due_at: papersDueAt.toString(),
        where,
      })),
    );
    const of = sql`jsonb_to_recordset(${given}::jsonb) as g(place int, forum text, starts_at timestamptz,
      papers_due_at timestamptz, "where" text)`;
    const { rows } = await sql<Matched>`
      select g.place, m.id, m.papers_due_at as "wasDueAt", m.place as was,
        coalesce(m.papers_due_at = g.papers_due_at and m.place = g."where", false) as "isSame",
        coalesce(m.papers_due_at <> g.papers_due_at and exists (select from meeting_papers p where p.meeting = m.id), false)
          as "isFrozen",
        exists (select from meeting c where c.forum = g.forum and c.starts_at = g.starts_at and c.cancelled_at is not null)
          as "wasCancelled"
      from ${of} left join meeting m on m.forum = g.forum and m.starts_at = g.starts_at and m.cancelled_at is null
      order by g.place`.execute(trx);
    const tooLate = rows.filter(({ isFrozen }) => isFrozen).map(({ place }) => place);
    const isLeft = (row: Matched) => row.id === null && row.wasCancelled && !again;
    const added = rows.filter((row) => row.id === null && !isLeft(row));
    const changed = rows.filter(({ id, isSame }) => id !== null && !isSame);
    const counts = {
      unchanged: rows.filter(({ isSame }) => isSame).length,
      leftCancelled: rows.filter(isLeft).length,
    };
    if (tooLate.length > 0) return { added: 0, changed: 0, ...counts, tooLate };
    const places = (of_: readonly Matched[]) => of_.map(({ place }) => place);
    await sql`insert into meeting (forum, starts_at, papers_due_at, place, by, at)
      select g.forum, g.starts_at, g.papers_due_at, g."where", ${by}, ${moment(now)} from ${of}
      where g.place = any(${places(added)}::int[])`.execute(trx);
    await sql`update meeting m set papers_due_at = g.papers_due_at, place = g."where" from ${of}
      where m.id is not null and m.cancelled_at is null and m.forum = g.forum and m.starts_at = g.starts_at
        and g.place = any(${places(changed)}::int[])`.execute(trx);
    if (added.length + changed.length > 0) {
      await recordAudit(trx, {
        at: now,
        actor: by,
        action: "meetings-entered",
        subject: `meetings ${[...new Set(meetings.map(({ forum }) => forum))].toSorted().join(", ")}`.slice(0, 300),
        detail: {
          added: added.map(({ place }) => inWords(meetings[place])),
          changed: changed.map(({ place, wasDueAt, was }) => ({
            meeting: inWords(meetings[place]),
            was: { papersDueAt: wasDueAt?.toString() ?? "", place: was ?? "" },
            is: { papersDueAt: meetings[place]?.papersDueAt.toString() ?? "", place: meetings[place]?.place ?? "" },
          })),
        },
      });
    }
    return { added: added.length, changed: changed.length, ...counts, tooLate };
  });
}

/** Cancels a meeting, with a reason; false where it was cancelled already. */
export async function cancelMeeting(
  db: Kysely<Database>,
  id: number,
  { by, reason, now }: { by: string; reason: string; now: Temporal.Instant },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ forum: string; starts: Temporal.Instant }>`
      update meeting set cancelled_at = ${moment(now)}, cancelled_by = ${by}, cancelled_why = ${reason}
      where id = ${id} and cancelled_at is null returning forum, starts_at as starts`.execute(trx);
    const [row] = rows;
    if (row === undefined) return false;
    if (Temporal.Instant.compare(row.starts, now) > 0) await askNothing(trx, id, now);
    const detail = { forum: row.forum, startsAt: row.starts.toString(), reason };
    await recordAudit(trx, { at: now, actor: by, action: "meeting-cancelled", subject: `meeting ${id}`, detail });
    return true;
  });
}

/** What was prepared for a meeting that is not held is asked of nobody. */
async function askNothing(trx: Transaction<Database>, meeting: number, now: Temporal.Instant): Promise<void> {
  const { rows } = await sql<{
    id: number;
  }>`select q.id from request q join meeting_decision d on q.key = 'decision:' || d.id
    where d.meeting = ${meeting} and q.ended_at is null`.execute(trx);
  await withdrawRequests(trx, { kinds: ["decision"], ids: rows.map(({ id }) => id) }, now);
}

function inWords(meeting: MeetingEntered | undefined): string {
  return meeting === undefined ? "" : `${meeting.forum} ${meeting.startsAt.toString()}`;
}
