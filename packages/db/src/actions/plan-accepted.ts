import { sql, type Transaction } from "kysely";
import { answerRequests, ask, type ToAsk, withdrawRequests } from "../steps/ask.ts";
import type { Database } from "../tables.ts";
import { moveDueDates } from "../steps/move-due-date.ts";
import { afterDelivery } from "./after-delivery.ts";
import { firstChased } from "./asking-dates.ts";
import { type PlanAround, plansAround } from "./plan-around.ts";

interface Standing {
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
}

/**
 * Asks the owner of each action of a plan that was accepted to do it by its day; what was asked for dropped actions is taken
 * back, what has a new day is moved, what has a new owner is asked anew. A challenge of the revision before is answered by it.
 * The rows of `action` are there already. Ring `tell` once it is committed.
 */
export async function planAccepted(
  trx: Transaction<Database>,
  { plan, revision, by, now }: { plan: number; revision: number; by: string; now: Temporal.Instant },
): Promise<void> {
  const around = (await plansAround(trx, [plan])).get(plan);
  if (around === undefined) throw new Error(`There is no plan ${plan}.`);
  const actions = await standingActions(trx, plan);
  const open = actions.filter(({ isDropped, isDone }) => !isDropped && !isDone);
  const handedOn = open.filter(({ asked, owner }) => asked !== null && !asked.includes(owner));
  const dropped = actions.filter(({ isDropped }) => isDropped);
  await withdrawRequests(trx, { kinds: ["action"], actions: [...dropped, ...handedOn].map(({ id }) => id) }, now);
  await answerRequests(trx, { kinds: ["challenge"], plans: [plan] }, { by, now });
  await moveDueDates(
    trx,
    open.flatMap(({ request, askedDay, dueOn }) =>
      request === null || askedDay === dueOn ? [] : [{ request, dueOn }],
    ),
    { reason: `Revision ${revision} of the plan was accepted`, by, now },
  );
  await ask(
    trx,
    [
      ...open
        .filter(({ request }) => request === null)
        .map((one) => asking(one, { around, key: `action:${one.id}`, by, now })),
      ...handedOn.map((one) => asking(one, { around, key: `action:${one.id}:${revision}`, by, now })),
    ],
    now,
  );
  await afterDelivery(trx, plan, now);
}

/** What is asked of an action's owner. */
function asking(
  { id, number, what, owner, dueOn }: Standing,
  { around, key, by, now }: { around: PlanAround; key: string; by: string; now: Temporal.Instant },
): ToAsk {
  return {
    kind: "action",
    key,
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
    detail: { title: what.slice(0, 200), organisation: around.organisationName, answerAt: `/actions/${id}` },
  };
}

async function standingActions(trx: Transaction<Database>, plan: number): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select a.id, a.number, a.what, a.owner, a.due_on as "dueOn", a.dropped_in is not null as "isDropped",
      coalesce((select rating = 'complete' from action_rating where action = a.id and aspect = 'delivery' order by id desc limit 1), false)
        as "isDone", r.id as request, r.recipients as asked, r.due_on as "askedDay"
    from action a left join request r on r.action = a.id and r.kind = 'action' and r.ended_at is null
    where a.plan = ${plan} order by a.number for update of a`.execute(trx);
  return rows;
}
