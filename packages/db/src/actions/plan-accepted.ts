import type { Transaction } from "kysely";
import { answerRequests, ask, withdrawRequests } from "../steps/ask.ts";
import { moveDueDates } from "../steps/move-due-date.ts";
import type { Database } from "../tables.ts";
import { afterDelivery } from "./after-delivery.ts";
import { askingForAction, standingActions } from "./ask-for-actions.ts";
import { plansAround } from "./plan-around.ts";

/**
 * Asks the owner of each action of a plan that was accepted to do it by its day; what was asked for dropped actions is taken
 * back, what has a new day is moved, what has a new owner is asked anew. A challenge of the revision before is answered by it.
 * The rows of `action` are there already. Ring `tell` once it is committed.
 */
export async function planAccepted(
  trx: Transaction<Database>,
  {
    plan,
    revision,
    note,
    by,
    now,
  }: { plan: number; revision: number; note?: string | undefined; by: string; now: Temporal.Instant },
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
  const unasked = [...open.filter(({ request }) => request === null), ...handedOn];
  await ask(
    trx,
    unasked.map((one) => askingForAction(one, { around, note, by, now })),
    now,
  );
  await afterDelivery(trx, plan, now);
}
