import { catalogueReader, type Dispute, disputeValue, listDisputes, settleDispute } from "@signalbox/db";
import { formatPeriod, parsePeriod } from "@signalbox/domain";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf, organisationsSeen } from "../callers.ts";
import { mayDispute } from "../disputing.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { idAfter, idOf, idParams, pageById, paging, plainText, writtenText } from "./query.ts";
import { id, instant, listOf, period } from "./shapes.ts";
import { visibleSubmission } from "./submissions.ts";

const words = writtenText.min(1, "say it in a few words").max(2000);

const disputeShape = z.object({
  id,
  metric: z.string(),
  organisation: z.string(),
  period,
  submission: id.nullable(),
  reason: z.string(),
  by: z.string(),
  at: instant,
  until: instant.describe("When it ends at the latest"),
  ended: z
    .object({
      at: instant,
      why: z.enum(["settled", "restated", "ran-out"]),
      by: z.string().nullable(),
      note: z.string(),
    })
    .nullable(),
});

/** Contested figures: POST /submissions/{id}/dispute, the lists of them, and how one is settled. */
export function disputes(parts: Parts): FastifyPluginAsyncZod {
  const { db, clock, queues } = parts;
  const tags = ["disputes"];
  const readCatalogue = catalogueReader();
  return async (app) => {
    app.post(
      "/submissions/:id/dispute",
      {
        schema: {
          tags,
          summary: "Mark a figure of a submission as disputed",
          description:
            "What its forums have not been told of it waits, and the clocks of its case stop, for at most the protocol's dispute.workingDays. Once a figure; 409 says why not.",
          params: idParams,
          body: z.object({ metric: plainText, organisation: plainText, period: plainText, reason: words }),
          response: { 200: disputeShape },
        },
      },
      async (request) => {
        const { metric, organisation, period: written, reason } = request.body;
        const { id: submission } = await visibleSubmission(parts, request);
        if (!mayDispute(request.caller, organisation))
          throw new Problem(404, `Submission ${submission} has no figure of ${organisation} that you answer for.`);
        const frequency = (await readCatalogue(db))?.metrics.get(metric)?.frequency ?? "monthly";
        const of = parsePeriod(written, frequency);
        if (of === null) throw new Problem(422, `"${written}" is no period: write 2024-03, or 2023/24 Q4.`);
        const act = { by: nameOf(request.caller), reason, now: await clock.now() };
        const outcome = await disputeValue(db, { submission, metric, organisation, period: of }, act);
        if (outcome.kind === "refused") throw new Problem(409, outcome.why);
        void queues.ring("tell", {});
        return shown(await kept(outcome.id));
      },
    );

    app.get(
      "/submissions/:id/disputes",
      {
        schema: {
          tags,
          summary: "The figures of a submission that are or were disputed, oldest first",
          params: idParams,
          querystring: z.object(paging),
          response: { 200: listOf(disputeShape) },
        },
      },
      async (request) => {
        const { id: submission } = await visibleSubmission(parts, request);
        const { limit, cursor } = request.query;
        const found = await listDisputes(db, { submission }, { after: idAfter(cursor), limit: limit + 1 });
        return pageById(found, limit, shown);
      },
    );

    app.get(
      "/disputes",
      {
        schema: {
          tags,
          summary: "Disputed figures of the organisations that you see, oldest first",
          querystring: z.object({
            ...paging,
            inForce: z.enum(["true"]).optional(),
            metric: plainText.optional(),
            organisation: plainText.optional(),
          }),
          response: { 200: listOf(disputeShape) },
        },
      },
      async (request) => {
        const { limit, cursor, metric, organisation, inForce } = request.query;
        const filter = { metric, organisation, inForce: inForce === "true", visible: organisationsSeen(request) };
        const found = await listDisputes(db, filter, { after: idAfter(cursor), limit: limit + 1 });
        return pageById(found, limit, shown);
      },
    );

    app.post(
      "/disputes/:id/settlement",
      {
        schema: {
          tags,
          summary: "Settle a dispute: the figure stands, and what waited goes on",
          params: idParams,
          body: z.object({ note: words }),
          response: { 200: disputeShape },
        },
      },
      async (request) => {
        const number = idOf(request.params.id);
        const one = number === null ? null : await find(number);
        if (one === null || !mayDispute(request.caller, one.organisation))
          throw new Problem(404, `There is no dispute ${request.params.id} that you may settle.`);
        const act = { by: nameOf(request.caller), note: request.body.note, now: await clock.now() };
        if ((await settleDispute(db, one.id, act)) === null)
          throw new Problem(409, `Dispute ${one.id} is over already.`);
        void queues.ring("tell", {});
        return shown(await kept(one.id));
      },
    );
  };

  async function find(number: number): Promise<Dispute | null> {
    const [one] = await listDisputes(db, { id: number });
    return one ?? null;
  }

  async function kept(number: number): Promise<Dispute> {
    const one = await find(number);
    if (one === null) throw new Error(`dispute ${number} is gone`);
    return one;
  }
}

function shown({ endedAt, endedWhy, endedBy, endedNote, ...one }: Dispute) {
  return {
    id: String(one.id),
    metric: one.metric,
    organisation: one.organisation,
    period: formatPeriod(one.period, one.frequency),
    submission: one.submission === null ? null : String(one.submission),
    reason: one.reason,
    by: one.by,
    at: one.at.toString(),
    until: one.untilAt.toString(),
    ended:
      endedAt === null || endedWhy === null
        ? null
        : { at: endedAt.toString(), why: endedWhy, by: endedBy, note: endedNote },
  };
}
