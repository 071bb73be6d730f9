import { readSeriesPoints, sees } from "@signalbox/db";
import { formatPeriod } from "@signalbox/domain";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { sightOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { plainText, yesOrNo } from "./query.ts";
import { seriesShape } from "./shapes.ts";

/** GET /series/{metric}/{organisation}. Control limits, variation and assurance are null: charts are not part of this version. */
export function series({ db }: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/series/:metric/:organisation",
      {
        schema: {
          tags: ["series"],
          summary: "One metric of one organisation, period by period",
          description:
            "Statistical process control is not served yet: `spc` of a point, `variation` and `assurance` are null.",
          params: z.object({ metric: plainText, organisation: plainText }),
          querystring: z.object({
            screenOutliers: yesOrNo,
            fixAfter: plainText.optional(),
            recalculateAt: plainText.optional(),
            points: z.enum(["6", "7"]).optional(),
            closeIncludesOutside: yesOrNo,
          }),
          response: { 200: seriesShape },
        },
      },
      async (request) => {
        const { metric, organisation } = request.params;
        const found = sees(sightOf(request), organisation) ? await readSeriesPoints(db, metric, organisation) : null;
        if (found === null) throw new Problem(404, `There is no series ${metric} of ${organisation} that you may see.`);
        const points = found.points.map(({ period, ...figures }) => ({
          period: formatPeriod(period, found.frequency),
          ...figures,
          spc: null,
        }));
        return { metric, organisation, points, spc: { variation: null, assurance: null } };
      },
    );
  };
}
