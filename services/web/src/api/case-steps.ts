import { agreeAnotherDay, type EscalationRecord, findPerson, giveHoldingReply, readEscalation } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf, sightOf } from "../callers.ts";
import { actorNamed } from "../case-acting.ts";
import { mayReply, movable } from "../pages/steps/next-step-section.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { shownEscalation } from "./escalations.ts";
import { idOf, idParams, plainText, writtenText } from "./query.ts";
import { escalationShape, id } from "./shapes.ts";

const words = writtenText.min(1, "say it in a few words").max(4000);
const address = plainText.min(3);

/** What is said of a case before it is answered in full: a holding reply, and another day for what is asked. */
export function caseSteps({ db, clock, queues }: Parts): FastifyPluginAsyncZod {
  const tags = ["escalations"];
  const response = { 200: escalationShape };

  return async (app) => {
    app.post(
      "/escalations/:id/holding-reply",
      {
        schema: {
          tags,
          summary: "Say for whoever answers for a case that it is seen; it counts as acknowledged",
          params: idParams,
          body: z.object({ body: words, by: address.describe("The e-mail address of who answers for the case") }),
          response,
        },
      },
      async (request) => {
        const one = await visible(request);
        const { body, by } = request.body;
        const now = await clock.now();
        if (!one.standing) throw new Problem(409, `Case ${one.id} has ended; nothing is asked about it any more.`);
        const person = await findPerson(db, by, dayOf(now).toString());
        if (person === null || !mayReply({ kind: "person", person }, one))
          throw new Problem(422, `${by} does not answer for case ${one.id}, or nobody waits for their word.`);
        await giveHoldingReply(db, one.id, { body, by: person.email, actor: nameOf(request.caller), now });
        return answered(request);
      },
    );

    app.post(
      "/escalations/:id/another-day",
      {
        schema: {
          tags,
          summary: "Agree another day for what is asked about a case, for its chair or secretary",
          description:
            "`request` is one of the case's `requests`. Needs a key of the whole system with the scope operate.",
          params: idParams,
          body: z.object({ request: id, dueOn: z.iso.date(), reason: words, by: address }),
          response,
        },
      },
      async (request) => {
        const one = await visible(request);
        const now = await clock.now();
        const { dueOn, reason, by: named } = request.body;
        const by = await actorNamed(db, { caller: request.caller, one, by: named, now });
        const step = movable(one).find((open) => String(open.id) === request.body.request);
        if (step === undefined)
          throw new Problem(
            422,
            `Request ${request.body.request} is not open in case ${one.id}, or has no day to move.`,
          );
        if (Temporal.PlainDate.compare(dueOn, dayOf(now)) <= 0)
          throw new Problem(422, `${dueOn} is not after today, ${dayOf(now).toString()}.`);
        const another = { request: step.id, dueOn, reason, by, actor: nameOf(request.caller), now };
        const moved = await db.transaction().execute((trx) => agreeAnotherDay(trx, another));
        if (!moved) throw new Problem(409, `${dueOn} is the day of request ${step.id} already.`);
        return answered(request);
      },
    );

    type OfCase = FastifyRequest<{ Params: { id: string } }>;

    async function visible(request: OfCase): Promise<EscalationRecord> {
      const number = idOf(request.params.id);
      const asked = { sight: sightOf(request), now: await clock.now(), history: false };
      const found = number === null ? null : await readEscalation(db, number, asked);
      if (found === null) throw new Problem(404, `There is no escalation ${request.params.id} that you may see.`);
      return found;
    }

    async function answered(request: OfCase) {
      void queues.ring("tell", {});
      return shownEscalation(await visible(request));
    }
  };
}
