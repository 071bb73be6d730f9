import { withdrawSubmission } from "@signalbox/db";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { idParams, writtenText } from "./query.ts";
import { withdrawalShape } from "./shapes.ts";
import { visibleSubmission } from "./submissions.ts";

const reason = writtenText.min(1, "say why it is withdrawn").max(2000);

/** POST /submissions/{id}/withdrawal: takes back what was sent in error. */
export function withdrawing(parts: Parts): FastifyPluginAsyncZod {
  const { db, queues, clock } = parts;
  return async (app) => {
    app.post(
      "/submissions/:id/withdrawal",
      {
        schema: {
          tags: ["submissions"],
          summary: "Withdraw a submission that was sent in error: what was said before it holds again",
          description: "Withdrawing again changes nothing and answers with the first withdrawal.",
          params: idParams,
          body: z.object({ reason }),
          response: { 200: z.object({ id: z.string(), withdrawn: withdrawalShape }) },
        },
      },
      async (request) => {
        const { id } = await visibleSubmission(parts, request);
        const act = { by: nameOf(request.caller), reason: request.body.reason, now: await clock.now() };
        const withdrawn = await withdrawSubmission(db, id, act);
        if (withdrawn === null) throw new Problem(404, `There is no submission ${id}.`);
        void queues.ring("assess-series", {});
        void queues.ring("tell", {});
        return { id: String(id), withdrawn: { ...withdrawn, at: withdrawn.at.toString() } };
      },
    );
  };
}
