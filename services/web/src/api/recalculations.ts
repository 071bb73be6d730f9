import { addRecalculation, recalculationsOf, removeRecalculation } from "@signalbox/db";
import { nameOfPeriod } from "@signalbox/domain";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { askedReason, askedRecalculation } from "../recalculating.ts";
import { seenSeries } from "../seen-series.ts";
import { idOf, plainText } from "./query.ts";
import { recalculationSaid } from "./series.ts";
import { recalculationShape } from "./series-shapes.ts";

const ofSeries = { metric: plainText, organisation: plainText };
const reason = z.string().describe("Why, for everybody who reads the chart");

/** POST /series/{metric}/{organisation}/recalculations, and the removal of one. */
export function recalculating(parts: Parts): FastifyPluginAsyncZod {
  const { db, clock } = parts;
  return async (app) => {
    app.post(
      "/series/:metric/:organisation/recalculations",
      {
        schema: {
          tags: ["series"],
          summary: "Have the control limits of a series begin anew at a period, with the reason",
          description:
            "Wherever the series is charted. What confirms deterioration goes by changes of definition alone.",
          params: z.object(ofSeries),
          body: z.object({ period: z.string(), reason }),
          response: { 201: recalculationShape },
        },
      },
      async (request, reply) => {
        const { found } = await seenSeries(parts, request, request.params);
        const asked = askedRecalculation(request.body, found);
        if ("faults" in asked)
          throw new Problem(
            400,
            Object.entries(asked.faults)
              .map((one) => one.join(": "))
              .join("; "),
          );
        const act = { by: nameOf(request.caller), reason: asked.reason, now: await clock.now() };
        const kept = await addRecalculation(db, { ...request.params, period: asked.period }, act);
        if (kept === null)
          throw new Problem(409, `The limits begin anew in ${nameOfPeriod(asked.period, found.frequency)} already.`);
        return reply.code(201).send(recalculationSaid(kept, found.frequency));
      },
    );

    app.post(
      "/series/:metric/:organisation/recalculations/:id/removal",
      {
        schema: {
          tags: ["series"],
          summary: "Take a recalculation back, with the reason; it stays on record",
          description: "Removing again changes nothing and answers with the first removal.",
          params: z.object({ ...ofSeries, id: z.string() }),
          body: z.object({ reason }),
          response: { 200: recalculationShape },
        },
      },
      async (request) => {
        const { id: given, ...series } = request.params;
        const { found } = await seenSeries(parts, request, series);
        const asked = askedReason(request.body.reason);
        if ("fault" in asked) throw new Problem(400, `reason: ${asked.fault}.`);
        const id = idOf(given);
        const act = { by: nameOf(request.caller), reason: asked.reason, now: await clock.now() };
        const removed =
          id === null
            ? null
            : ((await removeRecalculation(db, { ...series, id }, act)) ??
              (await recalculationsOf(db, series)).find((one) => one.id === id));
        if (!removed) throw new Problem(404, `There is no recalculation ${given} of this series.`);
        return recalculationSaid(removed, found.frequency);
      },
    );
  };
}
