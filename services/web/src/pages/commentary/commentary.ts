import { catalogueReader, openCommentary, saveCommentary } from "@signalbox/db";
import { formatPeriod } from "@signalbox/domain";
import type { FastifyReply, FastifyRequest } from "fastify";
import { nameOf } from "../../callers.ts";
import { openUntil, type SeenCommentary, seenCommentary, wordsGiven } from "../../commenting/read-commentary.ts";
import { mayOpen, mayWrite } from "../../commenting/who-may-comment.ts";
import { addressWith, pageAsked, pageOf } from "../../page-of.ts";
import { Problem } from "../../problem.ts";
import { askedReason } from "../../recalculating.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";
import { askedList, commentaryTable, shownList } from "./commentary-list.ts";
import { type Refused, writingPage } from "./writing-page.ts";

const PAGE = 50;
const ALL = 100_000;

interface OnePeriod {
  Params: { metric: string; organisation: string; period: string };
  Body: { words?: unknown; reason?: unknown } | null;
}

/** /commentary: what is asked and written; and one page a series and period, on which it is written until the papers are due. */
export const commentaryPages: PagesOf = (app, parts, pages) => {
  const { db, clock, queues } = parts;
  const readCatalogue = catalogueReader();

  app.get<{ Querystring: Readonly<Record<string, unknown>> }>("/commentary", async (request, reply) => {
    const as = formatAsked(request.query["as"]);
    const catalogue = await readCatalogue(db);
    if (catalogue === null) throw new Problem(404, "No catalogue is loaded.");
    const asked = askedList(request.query);
    const page = pageAsked(request.query["page"]);
    const place = as === null ? { offset: (page - 1) * PAGE, limit: PAGE } : { offset: 0, limit: ALL };
    const list = await shownList(parts, request, { asked, catalogue, ...place });
    if (as !== null) return sendTable(reply, commentaryTable(list.rows), as);
    const fields = { forum: asked.forum, period: asked.period, mine: asked.mine ? "yes" : "" };
    const context = {
      asked,
      ...list,
      forums: [...catalogue.forums.values()].filter(({ tier }) => tier === "board"),
      paged: pageOf(list.total, { page, size: PAGE, address: addressWith("/commentary", fields) }),
    };
    return pages.show(request, reply, { template: "commentary/list", status: list.unread ? 400 : 200, context });
  });

  app.get<OnePeriod>("/commentary/:metric/:organisation/:period", async (request, reply) => {
    return show(request, reply, await theCommentary(request));
  });

  app.post<OnePeriod>("/commentary/:metric/:organisation/:period", async (request, reply) => {
    const seen = await theCommentary(request);
    if (!mayWrite(request.caller, seen.found, seen.catalogue))
      throw new Problem(403, "Commentary is written by the author, the owner or an executive of the organisation.");
    const given = wordsGiven(request.body?.words);
    const typed = typeof request.body?.words === "string" ? request.body.words : "";
    if (!seen.isOpen) return show(request, reply, seen, { typed, frozen: true });
    if ("fault" in given) return show(request, reply, seen, { typed, fault: given.fault });
    const about = { series: seen.known.series, period: seen.period, subject: seen.subject };
    await saveCommentary(db, about, given.words, { by: nameOf(request.caller), now: await clock.now() });
    await queues.ring("tell", {});
    // Whoever came by the link of a mail has done what it asks: it opens nothing more.
    return reply.redirect(request.answering === null ? `${addressOf(seen)}#written` : "/answer", 303);
  });

  app.post<OnePeriod>("/commentary/:metric/:organisation/:period/opening", async (request, reply) => {
    const seen = await theCommentary(request);
    if (!mayOpen(request.caller, seen.found.area))
      throw new Problem(403, "Commentary that is frozen is opened again by the chair or the secretary of its board.");
    const said = askedReason(request.body?.reason);
    if ("fault" in said) return show(request, reply, seen, { openingFault: said.fault });
    const now = await clock.now();
    const until = openUntil(seen, now);
    const about = { series: seen.known.series, period: seen.period, subject: seen.subject };
    await openCommentary(db, about, { reason: said.reason, until, by: nameOf(request.caller), now });
    return reply.redirect(`${addressOf(seen)}#opened`, 303);
  });

  async function theCommentary(request: FastifyRequest<OnePeriod>): Promise<SeenCommentary> {
    return seenCommentary(parts, request, { place: request.params, catalogue: await readCatalogue(db) });
  }

  function show(request: FastifyRequest, reply: FastifyReply, seen: SeenCommentary, refused?: Refused) {
    const context = writingPage(seen, request.caller, refused);
    const form = context.mayWrite || context.mayOpen;
    return pages.show(request, reply, {
      template: "commentary/writing",
      status: refused === undefined ? 200 : refused.frozen === true ? 409 : 400,
      form,
      context,
    });
  }
};

function addressOf({ found, period }: SeenCommentary): string {
  const month = formatPeriod(period, "monthly");
  return `/commentary/${encodeURIComponent(found.metric)}/${encodeURIComponent(found.organisation)}/${month}`;
}
