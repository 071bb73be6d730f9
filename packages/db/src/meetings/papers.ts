import { type Kysely, sql, type Transaction } from "kysely";
import { at as moment } from "../instants.ts";
import type { Database } from "../tables.ts";
import type { AgendaFacts } from "./agenda-facts.ts";
import { findMeeting, type MeetingInTurn } from "./meetings.ts";
import { agendaSince, readAgenda } from "./read-agenda.ts";

/** An agenda as it is read now: as of its papers once they are due, and what changed since. */
export interface AgendaRead {
  readonly facts: AgendaFacts;
  /** Whether the papers are out: then nothing of it changes any more. */
  readonly isFrozen: boolean;
  /** What moved since the papers, up to the meeting; null before they are due. */
  readonly changes: AgendaFacts | null;
}

const AT_ONCE = 20;

/** The agenda of a meeting. Before the papers are due it is as of now. */
export async function agendaAt(
  db: Kysely<Database>,
  meeting: MeetingInTurn,
  now: Temporal.Instant,
): Promise<AgendaRead> {
  const { id, forum, startsAt, papersDueAt } = meeting;
  const isFrozen = Temporal.Instant.compare(now, papersDueAt) >= 0;
  if (!isFrozen) {
    const facts = await readAgenda(db, { forum, meetsAt: startsAt, since: agendaSince(meeting), asOf: now });
    return { facts, isFrozen, changes: null };
  }
  const until = Temporal.Instant.compare(now, startsAt) < 0 ? now : startsAt;
  const [facts, changes] = await Promise.all([
    papersOf(db, id).then((kept) => kept ?? papersFor(db, meeting)),
    readAgenda(db, { forum, meetsAt: startsAt, since: papersDueAt, asOf: until }),
  ]);
  return { facts, isFrozen, changes };
}

/**
 * Keeps the agendas of meetings whose papers are due by now, as they stood then; a meeting's once. A meeting is rarely due, and
 * each is a few statements. Returns how many there were.
 */
export async function keepPapers(trx: Transaction<Database>, now: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ id: number }>`select m.id from meeting m
    where m.papers_due_at <= ${moment(now)} and m.cancelled_at is null
      and not exists (select from meeting_papers p where p.meeting = m.id)
    order by m.papers_due_at, m.id limit ${AT_ONCE} for update skip locked`.execute(trx);
  for (const { id } of rows) {
    const meeting = await findMeeting(trx, id);
    if (meeting === null) continue;
    const facts = JSON.stringify(await papersFor(trx, meeting));
    await sql`insert into meeting_papers (meeting, made_at, facts) values (${id}, ${moment(now)}, ${facts}::jsonb)
      on conflict (meeting) do nothing`.execute(trx);
  }
  return rows.length;
}

function papersFor(db: Kysely<Database>, meeting: MeetingInTurn): Promise<AgendaFacts> {
  const { forum, startsAt, papersDueAt } = meeting;
  return readAgenda(db, { forum, meetsAt: startsAt, since: agendaSince(meeting), asOf: papersDueAt });
}

async function papersOf(db: Kysely<Database>, meeting: number): Promise<AgendaFacts | null> {
  const row = await db.selectFrom("meeting_papers").select("facts").where("meeting", "=", meeting).executeTakeFirst();
  return (row?.facts as AgendaFacts | undefined) ?? null;
}
