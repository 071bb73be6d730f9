import { type Assessment, listAssessments } from "@signalbox/db";
import { formatPeriod } from "@signalbox/domain";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { sightOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { decodeCursor, encodeCursor, monthsOf, paging, plainText } from "./query.ts";
import { assessmentShape, listOf } from "./shapes.ts";

const place = z
  .tuple([z.string(), z.string(), z.number().int()])
  .transform(([metric, organisation, period]) => ({ metric, organisation, period }));

/** GET /assessments, in order of metric, organisation and period. */
export function assessments({ db }: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/assessments",
      {
        schema: {
          tags: ["assessments"],
          summary: "RAG, tier and reasons, period by period",
          querystring: z.object({
            ...paging,
            metric: plainText.optional(),
            organisation: plainText.optional(),
            from: plainText.optional().describe("The first period, 2024-03 or 2023/24 Q4"),
            to: plainText.optional().describe("The last period"),
          }),
          response: { 200: listOf(assessmentShape) },
        },
      },
      async (request) => {
        const { limit, cursor, metric, organisation, from, to } = request.query;
        const periods = { from: monthsOf(from)?.first, to: monthsOf(to)?.last };
        const filter = { sight: sightOf(request), metric, organisation, ...periods };
        const after = decodeCursor(place, cursor);
        const found = await listAssessments(db, filter, { after, limit: limit + 1 });
        const last = found.length > limit ? found[limit - 1] : undefined;
        return {
          items: found.slice(0, limit).map(shown),
          next: last ? encodeCursor([last.metric, last.organisation, last.period]) : null,
        };
      },
    );
  };
}

function shown({ frequency, period, submission, ...rest }: Assessment) {
  return {
    ...rest,
    period: formatPeriod(period, frequency),
    submission: submission === null ? null : String(submission),
    reasons: [...rest.reasons],
    missing: [...rest.missing],
  };
}
