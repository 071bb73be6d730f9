import { sees, type HeldFigure, submissionChanges, versionsOf } from "@signalbox/db";
import { formatPeriod } from "@signalbox/domain";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { organisationsSeen } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { decodeCursor, encodeCursor, idParams, monthsOf, paging, plainText } from "./query.ts";
import { changeShape, listOf, versionShape } from "./shapes.ts";
import { visibleSubmission } from "./submissions.ts";

const place = z.tuple([z.string(), z.string(), z.number().int()]);

/** What a submission changed when it came, and what was ever said of a series. */
export function changes(parts: Parts): FastifyPluginAsyncZod {
  const { db } = parts;
  return async (app) => {
    app.get(
      "/submissions/:id/changes",
      {
        schema: {
          tags: ["submissions"],
          summary: "What a submission changed when it came: values and decisions, before and after",
          params: idParams,
          querystring: z.object(paging),
          response: { 200: listOf(changeShape) },
        },
      },
      async (request) => {
        const { id } = await visibleSubmission(parts, request);
        const { limit, cursor } = request.query;
        const from = decodeCursor(place, cursor);
        const after = from && { metric: from[0], organisation: from[1], period: from[2] };
        const found = await submissionChanges(db, id, { after, limit: limit + 1 });
        const last = found.length > limit ? found[limit - 1] : undefined;
        const items = found.slice(0, limit).map(({ frequency, period, before, after: held, ...rest }) => ({
          ...rest,
          period: formatPeriod(period, frequency),
          before: before && shown(before),
          after: shown(held),
        }));
        return { items, next: last ? encodeCursor([last.metric, last.organisation, last.period]) : null };
      },
    );

    app.get(
      "/series/:metric/:organisation/versions",
      {
        schema: {
          tags: ["series"],
          summary: "All that was ever said of a series, by period and submission, side by side",
          params: z.object({ metric: plainText, organisation: plainText }),
          querystring: z.object({ period: plainText.optional().describe("Of this period alone") }),
          response: { 200: listOf(versionShape) },
        },
      },
      async (request) => {
        const { metric, organisation } = request.params;
        const period = monthsOf(request.query.period)?.first;
        const within = period === undefined ? null : { from: period, to: period };
        const found = sees(organisationsSeen(request), organisation)
          ? await versionsOf(db, { metric, organisation }, within)
          : [];
        if (found.length === 0)
          throw new Problem(404, `Nothing was ever said of ${metric} of ${organisation} that you may see.`);
        const items = found.map(({ frequency, receivedAt, withdrawn, ...version }) => ({
          ...version,
          period: formatPeriod(version.period, frequency),
          submission: String(version.submission),
          receivedAt: receivedAt.toString(),
          withdrawn: withdrawn && { ...withdrawn, at: withdrawn.at.toString() },
        }));
        return { items, next: null };
      },
    );
  };
}

function shown({ submission, ...figure }: HeldFigure) {
  return { ...figure, submission: String(submission) };
}
