import { type Kysely, sql } from "kysely";
import { recordAudit } from "../audit.ts";
import { writeTellings } from "../evaluation/write-tellings.ts";
import type { Database } from "../tables.ts";
import type { DayAgreed } from "./agree-day.ts";
import { plansAround } from "./plan-around.ts";
import type { ActingOnAction } from "./rate-action.ts";
import { lockAction } from "./read-actions.ts";

/** Another day that somebody asked for, and that nobody has agreed or passed over since. */
export interface DayAsked {
  readonly day: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Temporal.Instant;
}

/**
 * Asks the forum for another day: kept with its reason, and said to the chair and secretary of the forum, who agree it or leave
 * it. Until then the day that was holds. Ring `tell` once it is done.
 */
export async function askForDay(
  db: Kysely<Database>,
  { id, day, reason }: { id: number; day: Temporal.PlainDate; reason: string },
  { by, now }: ActingOnAction,
): Promise<DayAgreed> {
  return db.transaction().execute(async (trx) => {
    const action = await lockAction(trx, id, now);
    if (action === null) return { kind: "gone" };
    if (action.droppedIn !== null) return { kind: "dropped" };
    if (action.delivery.rating === "complete") return { kind: "done-before" };
    if (action.agreedDay.equals(day)) return { kind: "same" };
    const { rows } = await sql<{ id: number }>`insert into answer (kind, action, body, by, at)
      values ('action-day', ${id}, ${`${day.toString()} ${reason}`}, ${by}, ${now.toString()}) returning id`.execute(
      trx,
    );
    await recordAudit(trx, {
      at: now,
      actor: by,
      action: "action-day-asked",
      subject: `action ${id}`,
      detail: { was: action.agreedDay.toString(), asked: day.toString(), reason },
    });
    const around = (await plansAround(trx, [action.plan])).get(action.plan);
    const { rows: deciders } = await sql<{ email: string }>`select distinct email from person where until is null
      and role in ('chair', 'secretary') and organisation is null and forum = ${action.forum}`.execute(trx);
    if (around === undefined || deciders.length === 0) return { kind: "done" };
    await writeTellings(trx, [
      {
        kind: "follow-up",
        reason: "action-day-asked",
        escalation: around.escalation,
        event: null,
        submission: null,
        series: null,
        organisation: around.organisation,
        period: around.period,
        forums: [],
        recipients: deciders.map(({ email }) => email),
        tellAt: now,
        digest: null,
        causedBy: [],
        detail: {
          title: action.what.slice(0, 200),
          organisation: around.organisationName,
          headline: "Another day is asked for",
          dueOn: day.toString(),
          said: reason,
          answerAt: `/actions/${id}`,
          except: [by],
        },
        key: `action-day-asked:${rows[0]?.id}`,
      },
    ]);
    return { kind: "done" };
  });
}

/** The day that was asked for last, unless a day was agreed since. */
export async function dayAskedOf(db: Kysely<Database>, action: number): Promise<DayAsked | null> {
  const { rows } = await sql<{ body: string; by: string; at: Temporal.Instant }>`
    select body, by, at from answer a where a.action = ${action} and a.kind = 'action-day'
      and not exists (select from audit u where u.subject = ${`action ${action}`} and u.action = 'action-day-agreed' and u.at >= a.at)
    order by id desc limit 1`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  const { body, ...rest } = row;
  return { ...rest, day: body.slice(0, 10), reason: body.slice(11) };
}
