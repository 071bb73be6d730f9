import {
  catalogueReader,
  findPerson,
  listCommentary,
  NOT_SIGNED_OFF,
  openCommentary,
  saveCommentary,
  sees,
  unsignedFigures,
  REQUEST_STAGES,
} from "@signalbox/db";
import { dayOf, formatPeriod } from "@signalbox/domain";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type Caller, nameOf, organisationsSeen, sightOf } from "../callers.ts";
import { openUntil, seenCommentary } from "../commenting/read-commentary.ts";
import { mayOpen, mayWrite } from "../commenting/who-may-comment.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { askedReason } from "../recalculating.ts";
import { decodeCursor, encodeCursor, monthsOf, paging, plainText, writtenText } from "./query.ts";
import { instant, listOf } from "./shapes.ts";

const shape = z.object({
  metric: z.string(),
  organisation: z.string(),
  period: z.string(),
  words: z.string().nullable().describe("The last that was saved; null where nothing was"),
  by: z.string().nullable(),
  at: z.string().nullable(),
  versions: z.int(),
  dueOn: z.string().nullable().describe("Null where nobody was asked"),
  status: z.enum(REQUEST_STAGES).nullable(),
});
const place = z.tuple([z.number().int().nonnegative()]);

/** GET /commentary; PUT /commentary/{metric}/{organisation}/{period}, and its opening once it is frozen. */
export function commentary(parts: Parts): FastifyPluginAsyncZod {
  const { db, clock, queues } = parts;
  const readCatalogue = catalogueReader();
  const tags = ["commentary"];
  return async (app) => {
    app.get(
      "/commentary",
      {
        schema: {
          tags,
          summary: "What authors were asked to write about figures, and what they wrote, the latest period first",
          querystring: z.object({
            ...paging,
            metric: plainText.optional(),
            organisation: plainText.optional(),
            forum: plainText.optional().describe("An area, by the code of its board"),
            from: plainText.optional().describe("The first period"),
            to: plainText.optional().describe("The last period"),
          }),
          response: { 200: listOf(shape) },
        },
      },
      async (request) => {
        const { limit, cursor, from, to, ...rest } = request.query;
        const offset = decodeCursor(place, cursor)?.[0] ?? 0;
        const sight = sightOf(request);
        const filter = { ...rest, sight, from: monthsOf(from)?.first, to: monthsOf(to)?.last };
        const { rows, total } = await listCommentary(db, filter, { offset, limit });
        const isWhole = rows.every(({ organisation }) => sees(sight.organisations, organisation));
        const unsigned = isWhole ? null : await unsignedFigures(db);
        const items = rows.map(({ submission, frequency, area: _area, stage, ...one }) => {
          const isHidden =
            unsigned !== null && !sees(sight.organisations, one.organisation) && unsigned.waits({ ...one, submission });
          return {
            ...one,
            period: formatPeriod(one.period, frequency),
            words: isHidden && one.words !== null ? NOT_SIGNED_OFF : one.words,
            at: one.at?.toString() ?? null,
            status: stage,
          };
        });
        const next = offset + rows.length;
        return { items, next: next < total ? encodeCursor([next]) : null };
      },
    );

    app.put(
      "/commentary/:metric/:organisation/:period",
      {
        schema: {
          tags,
          summary: "Write what somebody says of a period's figure; each time that differs is kept",
          params: z.object({ metric: plainText, organisation: plainText, period: plainText }),
          body: z.object({
            words: writtenText.min(1).max(4000),
            by: plainText.describe("The e-mail address of the author, the owner or an executive whose words they are"),
          }),
          response: { 200: shape },
        },
      },
      async (request) => {
        const { params, body } = request;
        const seen = await seenCommentary(parts, request, { place: params, catalogue: await readCatalogue(db) });
        const now = await clock.now();
        const author = await named(request, body.by, now);
        if (!mayWrite(author, seen.found, seen.catalogue))
          throw new Problem(403, `${body.by} is neither author, owner nor executive of ${seen.found.organisation}.`);
        if (!seen.isOpen)
          throw new Problem(409, `It has been frozen since ${seen.frozen.toString()}; its board may open it again.`);
        const about = { series: seen.known.series, period: seen.period, subject: seen.subject };
        const by = body.by.toLowerCase();
        await saveCommentary(db, about, body.words, { by, now, through: nameOf(request.caller) });
        await queues.ring("tell", {});
        const filter = { ...params, sight: sightOf(request), from: seen.period, to: seen.period };
        const [saved] = (await listCommentary(db, filter, { offset: 0, limit: 1 })).rows;
        return {
          metric: seen.found.metric,
          organisation: seen.found.organisation,
          period: formatPeriod(seen.period, seen.found.frequency),
          words: saved?.words ?? body.words,
          by: saved?.by ?? by,
          at: saved?.at?.toString() ?? now.toString(),
          versions: saved?.versions ?? 1,
          dueOn: saved?.dueOn ?? null,
          status: saved?.stage ?? null,
        };
      },
    );

    app.post(
      "/commentary/:metric/:organisation/:period/opening",
      {
        schema: {
          tags,
          summary: "Let commentary that is frozen be written again, with a reason, for a level of working days",
          params: z.object({ metric: plainText, organisation: plainText, period: plainText }),
          body: z.object({
            reason: writtenText,
            by: plainText.describe("The e-mail address of the chair or the secretary of the area's board"),
          }),
          response: { 200: z.object({ openUntil: instant }) },
        },
      },
      async (request) => {
        const { params, body } = request;
        const seen = await seenCommentary(parts, request, { place: params, catalogue: await readCatalogue(db) });
        const now = await clock.now();
        if (!mayOpen(await named(request, body.by, now), seen.found.area))
          throw new Problem(403, `${body.by} is neither chair nor secretary of the board of ${seen.found.metric}.`);
        const said = askedReason(body.reason);
        if ("fault" in said) throw new Problem(422, `reason: ${said.fault}.`);
        const until = openUntil(seen, now);
        const about = { series: seen.known.series, period: seen.period, subject: seen.subject };
        const acting = { by: body.by.toLowerCase(), now, through: nameOf(request.caller) };
        await openCommentary(db, about, { reason: said.reason, until, ...acting });
        return { openUntil: until.toString() };
      },
    );
  };

  /** Whoever a program acts for. A key of one organisation would speak for whom it likes. */
  async function named(request: FastifyRequest, address: string, now: Temporal.Instant): Promise<Caller> {
    if (organisationsSeen(request) !== null) throw new Problem(403, "Only a key of the whole system records this.");
    const person = await findPerson(db, address, dayOf(now).toString());
    return person === null ? { kind: "nobody" } : { kind: "person", person };
  }
}
