import {
  type Aspect,
  dayOf,
  faultsOfRating,
  type RatedAction,
  type RatingFault,
  type RatingSent,
} from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import { answerRequests, ask } from "../steps/ask.ts";
import type { Database } from "../tables.ts";
import { afterDelivery } from "./after-delivery.ts";
import { firstChased } from "./asking-dates.ts";
import { plansAround } from "./plan-around.ts";
import { type Action, lockAction } from "./read-actions.ts";

/** Who does something with an action, and when; `by` is an e-mail address, "key NAME" or "operator". */
export interface ActingOnAction {
  readonly by: string;
  readonly now: Temporal.Instant;
  /** The key of a program that does it for them. */
  readonly through?: string | undefined;
}

/** What became of a rating; `dropped`: a later revision of the plan left the action out. */
export type Rated =
  | { readonly kind: "done"; readonly id: number }
  | { readonly kind: "gone" }
  | { readonly kind: "dropped" }
  | { readonly kind: "faults"; readonly faults: readonly RatingFault[] };

/**
 * Rates one aspect of an action: a row, nothing is overwritten. One that is complete answers what was asked for it; one that is
 * taken back asks anew. Ring `tell` once it is done.
 */
export async function rateAction(
  db: Kysely<Database>,
  { id, aspect, sent }: { id: number; aspect: Aspect; sent: RatingSent },
  acting: ActingOnAction,
): Promise<Rated> {
  return db.transaction().execute(async (trx) => {
    const action = await lockAction(trx, id, acting.now);
    if (action === null) return { kind: "gone" };
    if (action.droppedIn !== null) return { kind: "dropped" };
    const faults = faultsOfRating(sent, ratedAction(action, aspect), dayOf(acting.now));
    if (faults.length > 0) return { kind: "faults", faults };
    const rating = await keepRating(trx, { id, aspect, sent }, acting);
    if (aspect === "delivery") await afterRatingDelivery(trx, { action, rating, sent }, acting);
    await afterDelivery(trx, action.plan, acting.now);
    return { kind: "done", id: rating };
  });
}

/** An action as the rules of ratings see one aspect of it. */
function ratedAction(action: Action, aspect: Aspect): RatedAction {
  const { dueOn, doneOn } = action[aspect];
  return { aspect, dates: { dueOn, doneOn }, deliveredOn: action.delivery.doneOn };
}

async function keepRating(
  trx: Transaction<Database>,
  { id, aspect, sent }: { id: number; aspect: Aspect; sent: RatingSent },
  { by, now, through }: ActingOnAction,
): Promise<number> {
  const { rating, reason, explanation, mitigation } = sent;
  const doneOn = rating === "complete" ? (sent.doneOn?.toString() ?? null) : null;
  const row = await trx
    .insertInto("action_rating")
    .values({ action: id, aspect, rating, reason, explanation, mitigation, done_on: doneOn, by, at: now.toString() })
    .returning("id")
    .executeTakeFirstOrThrow();
  await recordAudit(trx, {
    at: now,
    actor: by,
    action: "action-rated",
    subject: `action ${id}`,
    detail: {
      aspect,
      rating,
      ...(doneOn === null ? {} : { doneOn }),
      ...(reason === "" ? {} : { reason }),
      ...(through === undefined ? {} : { through }),
    },
  });
  return row.id;
}

async function afterRatingDelivery(
  trx: Transaction<Database>,
  { action, rating, sent }: { action: Action; rating: number; sent: RatingSent },
  { by, now }: ActingOnAction,
): Promise<void> {
  if (sent.rating === "complete") {
    await answerRequests(trx, { kinds: ["action"], actions: [action.id] }, { by, now });
    return;
  }
  const { rows } = await sql<{ open: boolean }>`select exists (select from request where action = ${action.id}
    and kind = 'action' and ended_at is null) as open`.execute(trx);
  if (rows[0]?.open === true) return;
  const around = (await plansAround(trx, [action.plan])).get(action.plan);
  if (around === undefined) return;
  await ask(
    trx,
    [
      {
        kind: "action",
        key: `action:${action.id}:again:${rating}`,
        escalation: around.escalation,
        series: around.series,
        organisation: around.organisation,
        period: around.period,
        recipients: [action.owner],
        dueOn: action.agreedDay.toString(),
        nextAt: firstChased(around.rules, action.agreedDay, now),
        action: action.id,
        plan: action.plan,
        forum: around.forum,
        why: `Action ${action.number} of the plan for ${around.title} was taken back as not done`,
        askedBy: by,
        detail: {
          title: action.what.slice(0, 200),
          organisation: around.organisationName,
          answerAt: `/actions/${action.id}`,
        },
      },
    ],
    now,
  );
}
