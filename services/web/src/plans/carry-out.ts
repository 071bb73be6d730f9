import { acceptPlan, type ActionPlan, type ActingOnPlan, sendPlan, sendPlanBack, withdrawPlan } from "@signalbox/db";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";

/** What somebody does with a plan, on the revision or edition that they saw. */
export type PlanAct =
  | { readonly act: "send"; readonly edition: number }
  | { readonly act: "accept" | "send-back"; readonly revision: number; readonly note: string; readonly behalf?: string }
  | { readonly act: "withdraw"; readonly edition: number; readonly note: string };

/** Carries an act out and rings for what is to be told; throws Problem 409 where the plan is not as it was seen. */
export async function carryOut(
  { db, queues }: Pick<Parts, "db" | "queues">,
  id: number,
  { by, now }: ActingOnPlan,
  act: PlanAct,
): Promise<void> {
  const acting = { by, now };
  const done =
    act.act === "send"
      ? await sendPlan(db, { id, edition: act.edition }, acting)
      : act.act === "withdraw"
        ? await withdrawPlan(db, { id, ...act }, acting)
        : await (act.act === "accept" ? acceptPlan : sendPlanBack)(db, { id, ...act }, acting);
  if (done.kind === "gone") throw new Problem(404, `There is no action plan ${id}.`);
  if (done.kind === "own")
    throw new Problem(403, "Whoever sent a plan does not decide it. Somebody else of its forum must.");
  if (done.kind === "stale") throw new Problem(409, staleWords(done.plan));
  void queues.ring("tell", {});
}

/** What a plan is now, for whoever saw it otherwise. */
export function staleWords({ state, revision }: Pick<ActionPlan, "state" | "revision">): string {
  const now = {
    draft: "a draft",
    sent: "sent",
    accepted: "accepted",
    "sent-back": "sent back",
    withdrawn: "withdrawn",
  };
  return `Somebody has changed this plan since you opened it: it is ${now[state]} now, revision ${revision}. Nothing was done. Open it and look again.`;
}
