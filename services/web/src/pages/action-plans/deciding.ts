import type { FastifyInstance } from "fastify";
import { nameOf } from "../../callers.ts";
import { carryOut, type PlanAct } from "../../plans/carry-out.ts";
import type { SeenPlan } from "../../plans/read-plan.ts";
import { textIn } from "../../plans/typed-plan.ts";
import { mayDecidePlan, mayWritePlan, sitsBefore } from "../../plans/who-may.ts";
import { Problem } from "../../problem.ts";
import type { Caller } from "../../callers.ts";
import type { OfPlan, PlanPages } from "./action-plans.ts";
import { showPlan } from "./plan-page.ts";
import { saying } from "../../what-was-done.ts";

const LONGEST_NOTE = 4000;
const ACTS = ["accept", "send-back", "withdraw"] as const;

/** What a forum decides of a plan that was sent, and its owner's taking it back. */
export function decidingPages(app: FastifyInstance, of: PlanPages): void {
  for (const act of ACTS) {
    app.post<OfPlan>(`/action-plans/:id/${act}`, async (request, reply) => {
      const { seen, reading } = await of.thePlan(request);
      mustDo(act, request.caller, seen);
      const fields = request.body ?? {};
      const note = textIn(fields, "note").trim();
      const error = wrongWith(act, note);
      if (error !== null) return showPlan(request, reply, { of, seen, reading, refused: { act, note, error } });
      const seenAs = Number(textIn(fields, act === "withdraw" ? "edition" : "revision"));
      const done: PlanAct = act === "withdraw" ? { act, edition: seenAs, note } : { act, revision: seenAs, note };
      await carryOut(of, seen.plan.id, { by: nameOf(request.caller), now: reading.now }, done);
      return reply.redirect(saying(`/action-plans/${seen.plan.id}`, act), 303);
    });
  }
}

function mustDo(act: (typeof ACTS)[number], caller: Caller, seen: SeenPlan): void {
  if (act === "withdraw") {
    if (mayWritePlan(caller, seen)) return;
    throw new Problem(
      403,
      "A plan is withdrawn by those who may write it: the owner, an executive, or whoever was asked.",
    );
  }
  // Who may decide, and finds the plan decided, is told so by the act itself.
  if (mayDecidePlan(caller, seen) || (seen.plan.state !== "sent" && sitsBefore(caller, seen.cases))) return;
  throw new Problem(
    403,
    "A plan is decided by the chair, a member or the secretary of a forum that its case stands before, and never by who sent it.",
  );
}

function wrongWith(act: (typeof ACTS)[number], note: string): string | null {
  if (act === "send-back" && note === "") return "Say what is missing, so that the owner can mend it";
  return note.length > LONGEST_NOTE ? `Use at most ${LONGEST_NOTE} characters` : null;
}
