import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import { moveDueDates } from "../steps/move-due-date.ts";
import { writeTellings } from "../evaluation/write-tellings.ts";
import type { Database } from "../tables.ts";
import { answerable, plansAround } from "./plan-around.ts";
import type { ActingOnAction } from "./rate-action.ts";
import { type Action, lockAction } from "./read-actions.ts";

/** What became of a new day; `done-before`: there is nothing left to do by any day; `same`: it is due then already. */
export type DayAgreed = { readonly kind: "done" | "gone" | "dropped" | "done-before" | "same" };

/**
 * Agrees another day for an action, for a reason. What was planned for the day before is taken back; the action's owner and
 * whoever answers for the plan hear of it. Ring `tell` once it is done.
 */
export async function agreeDay(
  db: Kysely<Database>,
  { id, day, reason, agreedBy }: { id: number; day: Temporal.PlainDate; reason: string; agreedBy?: string | undefined },
  { by, now }: ActingOnAction,
): Promise<DayAgreed> {
  return db.transaction().execute(async (trx) => {
    const action = await lockAction(trx, id, now);
    if (action === null) return { kind: "gone" };
    if (action.droppedIn !== null) return { kind: "dropped" };
    if (action.delivery.rating === "complete") return { kind: "done-before" };
    if (action.agreedDay.equals(day)) return { kind: "same" };
    const { rows } = await sql<{ id: number }>`select id from request where action = ${id} and kind = 'action'
      and ended_at is null`.execute(trx);
    const who = agreedBy ?? by;
    await moveDueDates(
      trx,
      rows.map((row) => ({ request: row.id, dueOn: day.toString() })),
      { reason, by: who, now },
    );
    await sql`update action set due_on = ${day.toString()}::date where id = ${id}`.execute(trx);
    const was = action.agreedDay.toString();
    await recordAudit(trx, {
      at: now,
      actor: by,
      action: "action-day-agreed",
      subject: `action ${id}`,
      detail: { was, dueOn: day.toString(), reason, ...(agreedBy === undefined ? {} : { agreedBy }) },
    });
    await tellOfDay(trx, { action, day, reason }, { by: who, now });
    return { kind: "done" };
  });
}

async function tellOfDay(
  trx: Transaction<Database>,
  { action, day, reason }: { action: Action; day: Temporal.PlainDate; reason: string },
  { by, now }: ActingOnAction,
): Promise<void> {
  const around = (await plansAround(trx, [action.plan])).get(action.plan);
  if (around === undefined) return;
  await writeTellings(trx, [
    {
      kind: "follow-up",
      reason: "action-day-agreed",
      escalation: around.escalation,
      event: null,
      submission: null,
      series: null,
      organisation: around.organisation,
      period: around.period,
      forums: [],
      recipients: [...new Set([action.owner, ...answerable(around)])],
      tellAt: now,
      digest: null,
      causedBy: [],
      detail: {
        title: action.what.slice(0, 200),
        organisation: around.organisationName,
        headline: "Another day was agreed",
        dueOn: day.toString(),
        said: reason,
        answerAt: `/actions/${action.id}`,
        except: [by],
      },
      key: `action-day:${action.id}:${day.toString()}:${now.toString()}`,
    },
  ]);
}
