import { listReturns, type Return } from "@signalbox/db";
import { asPeriod, formatPeriod, RETURN_STATUSES } from "@signalbox/domain";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { organisationsSeen } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { decodeCursor, encodeCursor, monthsOf, paging, plainText } from "./query.ts";
import { listOf, returnShape } from "./shapes.ts";

const frequency = z.enum(["monthly", "quarterly"]);
const place = z
  .tuple([z.string(), frequency, z.number().int(), z.number().int()])
  .transform(([organisation, often, dueWorkingDay, period]) => ({
    organisation,
    frequency: often,
    dueWorkingDay,
    period: asPeriod(period),
  }));

/** GET /returns, in order of organisation, frequency, due working day and period. */
export function returns({ db, clock }: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/returns",
      {
        schema: {
          tags: ["returns"],
          summary: "Who owes which figures by when, and what came of it",
          description: "Periods that have ended; one that still goes on where `period` or `to` names it.",
          querystring: z.object({
            ...paging,
            organisation: plainText.optional(),
            frequency: frequency.optional(),
            status: z.enum(RETURN_STATUSES).optional(),
            period: plainText.optional().describe("2024-03 or 2023/24 Q4; in place of from and to"),
            from: plainText.optional().describe("The first period"),
            to: plainText.optional().describe("The last period"),
          }),
          response: { 200: listOf(returnShape) },
        },
      },
      async (request) => {
        const { limit, cursor, organisation, frequency: often, status, period, from, to } = request.query;
        const one = monthsOf(period);
        const months = one ?? { first: monthsOf(from)?.first, last: monthsOf(to)?.last };
        const found = await listReturns(
          db,
          {
            visible: organisationsSeen(request),
            organisation,
            frequency: often,
            status,
            from: months.first,
            to: months.last,
          },
          { after: decodeCursor(place, cursor), limit: limit + 1, now: await clock.now() },
        );
        const last = found.length > limit ? found[limit - 1] : undefined;
        return {
          items: found.slice(0, limit).map(shown),
          next: last ? encodeCursor([last.organisation, last.frequency, last.dueWorkingDay, last.period]) : null,
        };
      },
    );
  };
}

function shown({ organisation, frequency: often, dueWorkingDay, period, ...one }: Return) {
  return {
    organisation,
    frequency: often,
    dueWorkingDay,
    period: formatPeriod(period, often),
    dueOn: one.dueOn.toString(),
    status: one.status,
    late: one.late,
    receivedAt: one.receivedAt?.toString() ?? null,
    submissions: one.submissions.map(String),
    metrics: one.figures.map(({ metric, status, came, value, noValue, mark }) => ({
      metric,
      status,
      ...(came ? { value } : {}),
      noValue,
      mark,
    })),
  };
}
