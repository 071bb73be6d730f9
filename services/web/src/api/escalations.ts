import { acknowledgeEscalation, type EscalationRecord, listEscalations, readEscalation } from "@signalbox/db";
import { formatPeriod } from "@signalbox/domain";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf, sightOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { shownNotice } from "./notices.ts";
import { idAfter, idOf, idParams, pageById, paging, plainText, writtenText, yesOrNo } from "./query.ts";
import { escalationShape, listOf } from "./shapes.ts";

const history = z.enum(["all"]).optional().describe("Withdrawn cases and replaced events too");
const noteText = writtenText.max(4000);

/** GET /escalations, /escalations/{id} and its acknowledgement. */
export function escalations({ db, clock }: Parts): FastifyPluginAsyncZod {
  const tags = ["escalations"];
  const visibleCase = async (request: FastifyRequest & { params: { id: string } }, all: boolean) => {
    const id = idOf(request.params.id);
    const asked = { sight: sightOf(request), now: await clock.now(), history: all };
    const found = id === null ? null : await readEscalation(db, id, asked);
    if (found === null) throw new Problem(404, `There is no escalation ${request.params.id} that you may see.`);
    return found;
  };

  return async (app) => {
    app.get(
      "/escalations",
      {
        schema: {
          tags,
          summary: "Cases, oldest first",
          querystring: z.object({
            ...paging,
            history,
            standing: yesOrNo,
            tier: escalationShape.shape.tier.optional(),
            forum: plainText.optional().describe("What stands before this forum and is shown to it"),
            organisation: plainText.optional(),
            metric: plainText.optional(),
            concern: escalationShape.shape.concern.optional(),
          }),
          response: { 200: listOf(escalationShape) },
        },
      },
      async (request) => {
        const { limit, cursor, standing, ...rest } = request.query;
        const filter = {
          ...rest,
          standing: standing === undefined ? undefined : standing === "true",
          sight: sightOf(request),
          now: await clock.now(),
          history: rest.history === "all",
        };
        const found = await listEscalations(db, filter, { after: idAfter(cursor), limit: limit + 1 });
        return pageById(found, limit, shownEscalation);
      },
    );

    app.get(
      "/escalations/:id",
      {
        schema: {
          tags,
          summary: "One case: why it stands, who was told, what was asked for",
          params: idParams,
          querystring: z.object({ history }),
          response: { 200: escalationShape },
        },
      },
      async (request) => shownEscalation(await visibleCase(request, request.query.history === "all")),
    );

    app.post(
      "/escalations/:id/acknowledgement",
      {
        schema: {
          tags,
          summary: "Say that a case was seen",
          params: idParams,
          body: z.object({ note: noteText.default("") }),
          response: { 200: escalationShape },
        },
      },
      async (request) => {
        const { id, standing } = await visibleCase(request, false);
        if (!standing) throw new Problem(409, `Case ${id} has ended; there is nothing to acknowledge.`);
        const actor = nameOf(request.caller);
        await acknowledgeEscalation(db, id, { actor, note: request.body.note, now: await clock.now() });
        return shownEscalation(await visibleCase(request, false));
      },
    );
  };
}

/** A case as the API answers with it. */
export function shownEscalation(one: EscalationRecord) {
  const { frequency, acknowledged, actionPlan, nextStep } = one;
  const named = (period: EscalationRecord["raisedIn"]) => formatPeriod(period, frequency);
  return {
    id: String(one.id),
    concern: one.concern,
    metric: one.metric,
    organisation: one.organisation,
    area: one.area,
    metrics: [...one.metrics],
    areas: [...one.areas],
    forum: one.forum,
    tier: one.tier,
    raisedIn: named(one.raisedIn),
    endedIn: one.endedIn === null ? null : named(one.endedIn),
    standing: one.standing,
    withdrawn: one.withdrawn,
    previous: one.previous === null ? null : String(one.previous),
    relapse: one.relapse && {
      periods: one.relapse.periods,
      previous: String(one.relapse.previous),
      plan: one.relapse.plan === null ? null : String(one.relapse.plan),
    },
    acts: one.acts.map(({ id, act, period, note, by, at, takenBackAt, takenBackBy }) => ({
      id: String(id),
      act,
      period: named(period),
      note,
      by,
      at: at.toString(),
      takenBack: takenBackAt === null ? null : { at: takenBackAt.toString(), by: takenBackBy ?? "" },
    })),
    shownAt: one.shownAt.toString(),
    acknowledged: acknowledged && { at: acknowledged.at.toString(), by: acknowledged.by, note: acknowledged.note },
    acknowledgements: one.acknowledgements.map(({ at, by, note, expiresOn, endedAt, endedWhy }) => ({
      at: at.toString(),
      by,
      note,
      expiresOn,
      endedAt: endedAt?.toString() ?? null,
      endedWhy,
    })),
    events: one.events.map((event) => ({
      period: named(event.period),
      event: event.event,
      tier: event.tier,
      at: event.at.toString(),
      reasons: event.reasons.map((reason) => ({ ...reason })),
      metrics: [...event.metrics],
      areas: [...event.areas],
      restated: event.restated,
      replacedAt: event.replacedAt?.toString() ?? null,
    })),
    notices: one.notices.map(shownNotice),
    actionPlan: actionPlan && {
      ...actionPlan,
      id: actionPlan.id === null ? null : String(actionPlan.id),
      requestedAt: actionPlan.requestedAt.toString(),
    },
    nextStep: nextStep && {
      what: nextStep.what,
      who: [...nextStep.who],
      dueOn: nextStep.dueOn,
      overdue: nextStep.isOverdue,
      why: nextStep.why,
    },
    states: one.states.map(({ state, reached, dueOn, people, isOverdue }) => ({
      state,
      reachedOn: reached?.on ?? null,
      by: reached?.by ?? null,
      dueOn,
      who: [...people],
      overdue: isOverdue,
    })),
    requests: one.openSteps.map(({ id, kind, people, dueOn, stage, quiet, why }) => ({
      id: String(id),
      kind,
      who: [...people],
      dueOn,
      status: stage,
      quiet,
      why,
    })),
  };
}
