import { sql, type Transaction } from "kysely";
import { ask, type ToAsk } from "../steps/ask.ts";
import type { Database } from "../tables.ts";
import { afterDelivery } from "./after-delivery.ts";
import { firstChased } from "./asking-dates.ts";
import { type PlanAround, plansAround } from "./plan-around.ts";

/** An action of an accepted plan, and what is asked for it. */
export interface StandingAction {
  readonly id: number;
  readonly number: number;
  readonly what: string;
  readonly owner: string;
  readonly dueOn: string;
  readonly isDropped: boolean;
  /** Said to be delivered, before this revision. */
  readonly isDone: boolean;
  /** The open request for it, of whom it asks, and by which day. */
  readonly request: number | null;
  readonly askedDay: string | null;
  readonly asked: readonly string[] | null;
  /** How often it was asked for. */
  readonly timesAsked: number;
}

/**
 * Asks for the actions of a plan that nobody is asked for though they are not done: the plan has come to answer a case again, or
 * one more. A plan of which nothing was accepted asks nothing.
 */
export async function askForActions(
  trx: Transaction<Database>,
  plan: number,
  { by, now }: { by: string | null; now: Temporal.Instant },
): Promise<void> {
  const around = (await plansAround(trx, [plan])).get(plan);
  const actions = await standingActions(trx, plan);
  if (around === undefined || actions.length === 0) return;
  const unasked = actions.filter(({ isDropped, isDone, request }) => !isDropped && !isDone && request === null);
  await ask(
    trx,
    unasked.map((one) => askingForAction(one, { around, by, now })),
    now,
  );
  await afterDelivery(trx, plan, now);
}

/** What is asked of an action's owner. */
export function askingForAction(
  { id, number, what, owner, dueOn, timesAsked }: StandingAction,
  {
    around,
    note = "",
    by,
    now,
  }: { around: PlanAround; note?: string | undefined; by: string | null; now: Temporal.Instant },
): ToAsk {
  return {
    kind: "action",
    key: timesAsked === 0 ? `action:${id}` : `action:${id}:${timesAsked + 1}`,
    escalation: around.escalation,
    series: around.series,
    organisation: around.organisation,
    period: around.period,
    recipients: [owner],
    dueOn,
    nextAt: firstChased(around.rules, Temporal.PlainDate.from(dueOn), now),
    action: id,
    plan: around.plan,
    forum: around.forum,
    why: `It is action ${number} of the plan for ${around.title}, which was accepted`,
    askedBy: by,
    detail: {
      title: what.slice(0, 200),
      organisation: around.organisationName,
      ...(note === "" ? {} : { said: note }),
      answerAt: `/actions/${id}`,
    },
  };
}

/** The actions of a plan, by number, held until the transaction ends. */
export async function standingActions(trx: Transaction<Database>, plan: number): Promise<StandingAction[]> {
  const { rows } = await sql<StandingAction>`
    select a.id, a.number, a.what, a.owner, a.due_on as "dueOn", a.dropped_in is not null as "isDropped",
      coalesce((select rating = 'complete' from action_rating where action = a.id and aspect = 'delivery' order by id desc limit 1), false)
        as "isDone", r.id as request, r.recipients as asked, r.due_on as "askedDay",
      (select count(*)::int from request q where q.action = a.id and q.kind = 'action') as "timesAsked"
    from action a left join request r on r.action = a.id and r.kind = 'action' and r.ended_at is null
    where a.plan = ${plan} order by a.number for update of a`.execute(trx);
  return rows;
}
