import { releaseSubmission, retrySubmission } from "@signalbox/db";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { idParams } from "./query.ts";
import { visibleSubmission } from "./submissions.ts";

/** What a key with the scope operate may do: release a submission to the forums, and have a failed one read again. */
export function operating(parts: Parts): FastifyPluginAsyncZod {
  const { db, queues, clock } = parts;
  return async (app) => {
    const tags = ["operate"];
    app.post(
      "/submissions/:id/release",
      {
        schema: {
          tags,
          summary: "End the preview: the forums are told at their digest's time",
          params: idParams,
          response: { 200: z.object({ id: z.string(), releasedAt: z.iso.datetime(), releasedBy: z.string() }) },
        },
      },
      async (request) => {
        const { id } = await visibleSubmission(parts, request);
        const released = await releaseSubmission(db, id, nameOf(request.caller), await clock.now());
        if (released === null) throw new Problem(404, `There is no submission ${id}.`);
        void queues.ring("tell", {});
        return { id: String(id), releasedAt: released.releasedAt.toString(), releasedBy: released.releasedBy };
      },
    );

    app.post(
      "/submissions/:id/retry",
      {
        schema: {
          tags,
          summary: "Read a submission again that the program gave up",
          params: idParams,
          response: { 202: z.object({ id: z.string() }) },
        },
      },
      async (request, reply) => {
        const { id } = await visibleSubmission(parts, request);
        const retried = await retrySubmission(db, id, { actor: nameOf(request.caller), now: await clock.now() });
        if (!retried) throw new Problem(409, `Submission ${id} did not fail.`);
        void queues.ring("read-submission", { submission: id });
        return reply.code(202).send({ id: String(id) });
      },
    );
  };
}
