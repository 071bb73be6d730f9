import { makeDraft, plansOfCase, readEscalation } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyInstance } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf, sightOf } from "../../callers.ts";
import { casesToPlan } from "../../plans/cases-to-plan.ts";
import { prefilledPlan } from "../../plans/prefilled.ts";
import { mayPlanFor } from "../../plans/who-may.ts";
import { Problem } from "../../problem.ts";
import type { PlanPages } from "./action-plans.ts";

/** POST /escalations/ID/plan: begins a plan for a case, or goes on with the one that was begun. */
export function startingPages(app: FastifyInstance, { db, readingOf }: PlanPages): void {
  app.post<{ Params: { id: string } }>("/escalations/:id/plan", async (request, reply) => {
    const { catalogue, caller, now } = await readingOf(request);
    const id = idOf(request.params.id);
    const sight = sightOf(request);
    const found = id === null ? null : await readEscalation(db, id, { sight, now });
    if (found === null) throw new Problem(404, `There is no case ${request.params.id} that you may see.`);
    const { cases, asked } = await casesToPlan(db, [found.id], { sight, now });
    if (!mayPlanFor(caller, found.organisation, asked))
      throw new Problem(403, "A plan is written by the owner of the figure, an executive there, or whoever was asked.");
    if (!found.standing) throw new Problem(409, "This case has ended: no plan is needed for it any more.");
    const open = (await plansOfCase(db, found.id, { sight, now, today: dayOf(now).toString() })).find(
      ({ state }) => state === "draft" || state === "sent-back",
    );
    if (open !== undefined) return reply.redirect(`/action-plans/${open.id}/edit`, 303);
    const owner = "person" in caller ? (caller.person?.email ?? null) : null;
    const body = prefilledPlan(cases, catalogue, { owner, now });
    const plan = await makeDraft(
      db,
      { organisation: found.organisation, escalations: [found.id], body },
      { by: nameOf(caller), now },
    );
    return reply.redirect(`/action-plans/${plan}/edit`, 303);
  });
}
