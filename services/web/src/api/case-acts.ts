import {
  type ActOutcome,
  closeCase,
  type EscalationRecord,
  readEscalation,
  refuseSignOff,
  signOffCase,
  takeBackAct,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf, sightOf } from "../callers.ts";
import { actorNamed } from "../case-acting.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { shownEscalation } from "./escalations.ts";
import { idOf, idParams, plainText, writtenText } from "./query.ts";
import { escalationShape } from "./shapes.ts";

const words = writtenText.min(1, "say it in a few words").max(4000);
const by = plainText
  .min(3)
  .describe("The e-mail address of the chair, or of the secretary who writes it down for the chair");

/** What a chair decides of a case: sign it off, not yet, close it with a minute; and take such an act back. */
export function caseActs(parts: Parts): FastifyPluginAsyncZod {
  const { db, clock } = parts;
  const tags = ["escalations"];
  const response = { 200: escalationShape };
  const description =
    "Needs a key of the whole system with the scope operate. 409 where the case does not allow it, and why.";

  return async (app) => {
    app.post(
      "/escalations/:id/sign-off",
      {
        schema: {
          tags,
          summary: "Sign a case off that is held for it: it steps down, or ends",
          description,
          params: idParams,
          body: z.object({ note: words, by }),
          response,
        },
      },
      async (request) => {
        const { one, act } = await acting(request, request.body.by);
        return answered(request, await signOffCase(db, one.id, { ...act, note: request.body.note }));
      },
    );

    app.post(
      "/escalations/:id/sign-off/refusal",
      {
        schema: {
          tags,
          summary: "Say why a case is not signed off for now, and when it is looked at again",
          description,
          params: idParams,
          body: z.object({ reason: words, reviewOn: z.iso.date(), by }),
          response,
        },
      },
      async (request) => {
        const { reason: note, reviewOn, by: named } = request.body;
        const { one, act } = await acting(request, named);
        if (reviewOn <= dayOf(act.now).toString()) throw new Problem(422, "reviewOn is a day to come.");
        return answered(request, await refuseSignOff(db, one.id, { ...act, note, reviewOn }));
      },
    );

    app.post(
      "/escalations/:id/closure",
      {
        schema: {
          tags,
          summary: "Close a case that no figure can resolve, with a minute",
          description,
          params: idParams,
          body: z.object({ minute: words, by }),
          response,
        },
      },
      async (request) => {
        const { one, act } = await acting(request, request.body.by);
        return answered(request, await closeCase(db, one.id, { ...act, note: request.body.minute }));
      },
    );

    app.post(
      "/escalations/:id/acts/:act/taken-back",
      {
        schema: {
          tags,
          summary: "Take a sign-off or a closure back: what it decided is decided anew",
          description,
          params: z.object({ id: z.string(), act: z.string() }),
          body: z.object({ by }),
          response,
        },
      },
      async (request) => {
        const { one, act } = await acting(request, request.body.by);
        const taken = idOf(request.params.act);
        const outcome = taken === null ? null : await takeBackAct(db, { escalation: one.id, act: taken }, act);
        if (outcome === null) throw new Problem(404, `Case ${one.id} has no act ${request.params.act}.`);
        return answered(request, outcome);
      },
    );

    type OfCase = FastifyRequest<{ Params: { id: string } }>;

    async function acting(request: OfCase, named: string) {
      const now = await clock.now();
      const one = await visible(request);
      const decider = await actorNamed(db, { caller: request.caller, one, by: named, now });
      // The trail names who decided, and the key that says so.
      return { one, act: { by: decider, now, through: nameOf(request.caller) } };
    }

    async function visible(request: OfCase): Promise<EscalationRecord> {
      const id = idOf(request.params.id);
      const sight = sightOf(request);
      const found =
        id === null ? null : await readEscalation(db, id, { sight, now: await clock.now(), history: false });
      if (found === null) throw new Problem(404, `There is no escalation ${request.params.id} that you may see.`);
      return found;
    }

    async function answered(request: OfCase, outcome: ActOutcome) {
      if (outcome.kind === "refused") throw new Problem(409, outcome.why);
      ringAfterAct(parts);
      return shownEscalation(await visible(request));
    }
  };
}

/** What an act touches is decided anew at once. */
export function ringAfterAct({ queues }: Pick<Parts, "queues">): void {
  void queues.ring("assess-series", {});
  void queues.ring("assess-organisations", {});
  void queues.ring("tell", {});
}
