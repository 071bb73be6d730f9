import { sql, type Transaction } from "kysely";
import { askForActions } from "../actions/ask-for-actions.ts";
import { handOnToOtherCases } from "../actions/hand-on.ts";
import { recordAudit } from "../audit.ts";
import { withdrawRequests } from "../steps/ask.ts";
import type { Database } from "../tables.ts";
import { askForDecision } from "./ask-for-decision.ts";
import { type ActingOnPlan, lockPlan } from "./plans.ts";

/** Notes which cases a plan answers; one that it answered before it answers again. */
export async function addCases(
  trx: Transaction<Database>,
  { plan, escalations, reason }: { plan: number; escalations: readonly number[]; reason: string },
  { by, now }: ActingOnPlan,
): Promise<void> {
  await sql`insert into action_plan_case (plan, escalation, reason, added_by, added_at)
    select ${plan}, e, ${reason}, ${by}, ${now.toString()} from unnest(${[...escalations]}::bigint[]) e
    on conflict (plan, escalation) do update set ended_at = null, reason = excluded.reason, added_by = excluded.added_by,
      added_at = excluded.added_at where action_plan_case.ended_at is not null`.execute(trx);
}

/**
 * Has a plan answer one case more, with the reason why. Once the plan was sent nothing more is asked for the case, and its own
 * forum is asked, quietly, to decide with the others.
 */
export async function coverCase(
  trx: Transaction<Database>,
  plan: number,
  escalation: number,
  { reason, by, now }: ActingOnPlan & { readonly reason: string },
): Promise<void> {
  const held = await lockPlan(trx, plan);
  if (held === null) throw new Error(`There is no plan ${plan}.`);
  await addCases(trx, { plan, escalations: [escalation], reason }, { by, now });
  await recordAudit(trx, {
    at: now,
    actor: by,
    action: "plan-covers-case",
    subject: `plan ${plan}`,
    detail: { escalation, reason },
  });
  if (held.state === "draft" || held.state === "sent-back") return;
  await withdrawRequests(trx, { kinds: ["action-plan"], escalations: [escalation] }, now);
  if (held.state === "sent") await askForDecision(trx, { plan: held, only: escalation }, { by, now });
  // What ended with the case that the plan was made for goes on with this one.
  await askForActions(trx, plan, { by, now });
}

/** A plan answers a case no more. */
export async function uncoverCase(
  trx: Transaction<Database>,
  plan: number,
  escalation: number,
  { by, now }: ActingOnPlan,
): Promise<void> {
  await trx
    .updateTable("action_plan_case")
    .set({ ended_at: now.toString() })
    .where("plan", "=", plan)
    .where("escalation", "=", escalation)
    .where("ended_at", "is", null)
    .execute();
  await recordAudit(trx, {
    at: now,
    actor: by,
    action: "plan-leaves-case",
    subject: `plan ${plan}`,
    detail: { escalation },
  });
  await handOnToOtherCases(trx, [escalation], { plan });
  await withdrawRequests(trx, { kinds: ["plan-decision"], plans: [plan], escalations: [escalation] }, now);
}
