import { type Kysely, sql } from "kysely";
import { at as moment } from "../instants.ts";
import type { Database } from "../tables.ts";

/** What a meeting decided, of a case or in general; asked of somebody by a day, and whether it is done. */
export interface MeetingDecision {
  readonly id: number;
  readonly meeting: number;
  readonly forum: string;
  /** When the meeting that decided it began. */
  readonly metAt: Temporal.Instant;
  readonly escalation: number | null;
  /** Of its case; null without one. */
  readonly metric: string | null;
  readonly organisation: string | null;
  readonly decision: string;
  readonly askedOf: string | null;
  readonly dueOn: string | null;
  readonly doneAt: Temporal.Instant | null;
  readonly doneBy: string | null;
  readonly doneNote: string | null;
  readonly by: string;
  readonly at: Temporal.Instant;
}

const columns = sql`d.id, d.meeting, m.forum, m.starts_at as "metAt", d.escalation, e.metric, e.organisation, d.decision,
  d.asked_of as "askedOf", d.due_on::text as "dueOn", d.done_at as "doneAt", d.done_by as "doneBy", d.done_note as "doneNote",
  d.by, d.at`;
const from = sql`meeting_decision d join meeting m on m.id = d.meeting left join escalation e on e.id = d.escalation`;

/** What one meeting decided, in the order in which it was recorded; at most `limit`. */
export async function decisionsOfMeeting(
  db: Kysely<Database>,
  meeting: number,
  limit = 1000,
): Promise<MeetingDecision[]> {
  const { rows } = await sql<MeetingDecision>`select ${columns} from ${from} where d.meeting = ${meeting}
    order by d.id limit ${limit}`.execute(db);
  return rows;
}

/** What meetings of these forums (null: of any) decided of a case, the latest first. */
export async function decisionsOfCase(
  db: Kysely<Database>,
  escalation: number,
  forums: readonly string[] | null,
): Promise<MeetingDecision[]> {
  const seen = forums === null ? sql`true` : sql`m.forum = any(${[...forums]}::text[])`;
  const { rows } =
    await sql<MeetingDecision>`select ${columns} from ${from} where d.escalation = ${escalation} and ${seen}
    order by d.id desc limit 100`.execute(db);
  return rows;
}

/** One decision; null where there is none. */
export async function findDecision(db: Kysely<Database>, id: number): Promise<MeetingDecision | null> {
  const { rows } = await sql<MeetingDecision>`select ${columns} from ${from} where d.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/**
 * The action log of a forum as a meeting finds it: what its meetings before, and this one, asked of somebody, as far as it is
 * not done, or was done since the moment given. The nearest day first.
 */
export async function actionLog(
  db: Kysely<Database>,
  { forum, startsAt, doneSince }: { forum: string; startsAt: Temporal.Instant; doneSince: Temporal.Instant },
  limit = 500,
): Promise<MeetingDecision[]> {
  const { rows } = await sql<MeetingDecision>`select ${columns} from ${from}
    where m.forum = ${forum} and m.starts_at <= ${moment(startsAt)} and d.asked_of is not null
      and (d.done_at is null or d.done_at > ${moment(doneSince)})
    order by d.done_at is not null, d.due_on nulls last, d.id limit ${limit}`.execute(db);
  return rows;
}

/** What meetings asked of any of these addresses (in small letters): what is not done first, the nearest day first. */
export async function decisionsAskedOf(
  db: Kysely<Database>,
  addresses: readonly string[],
  limit = 200,
): Promise<MeetingDecision[]> {
  const { rows } = await sql<MeetingDecision>`select ${columns} from ${from}
    where lower(d.asked_of) = any(${[...addresses]}::text[])
    order by d.done_at is not null, d.due_on nulls last, d.id desc limit ${limit}`.execute(db);
  return rows;
}
