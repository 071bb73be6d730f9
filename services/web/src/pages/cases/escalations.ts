import { acknowledgeEscalation, catalogueReader, type Explanation } from "@signalbox/db";
import type { FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf } from "../../callers.ts";
import { Problem } from "../../problem.ts";
import { mayAcknowledge } from "../../acknowledging.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";
import { caseFiguresOut } from "./case-figures-out.ts";
import { caseList } from "./case-list.ts";
import { casePage, readCase, type Reading } from "./case-page.ts";
import { saying } from "../../what-was-done.ts";

const LONGEST_NOTE = 4000;

interface OneCase {
  Params: { id: string };
  Querystring: { as?: unknown };
  Body: { note?: unknown } | null;
}

interface Shown {
  readonly found: Explanation;
  readonly reading: Reading;
  readonly wrong?: { readonly error: string; readonly note: string };
}

/** /escalations, one page a case, and its acknowledgement. */
export const escalationPages: PagesOf = (app, parts, pages) => {
  const { db, clock } = parts;
  const readCatalogue = catalogueReader();
  caseList(app, { ...parts, readCatalogue }, pages);

  app.get<OneCase>("/escalations/:id", async (request, reply) => {
    const reading = await readingOf(request);
    const found = await theCase(request, reading);
    const as = formatAsked(request.query.as);
    return as === null ? show(request, reply, { found, reading }) : sendTable(reply, caseFiguresOut(found), as);
  });

  app.post<OneCase>("/escalations/:id/acknowledgement", async (request, reply) => {
    const reading = await readingOf(request);
    const found = await theCase(request, reading);
    const { case: one } = found;
    if (!mayAcknowledge(request.caller, one))
      throw new Problem(
        403,
        "Only those who answer for this case, or sit on a forum it stands before, acknowledge it.",
      );
    const given = request.body?.note;
    const note = typeof given === "string" ? given.replaceAll("\0", "").trim() : "";
    if (!one.standing) throw new Problem(409, "This case has ended; there is nothing to acknowledge.");
    const error = wrongWith(note);
    if (error !== null) return show(request, reply, { found, reading, wrong: { error, note } });
    await acknowledgeEscalation(db, one.id, { actor: nameOf(request.caller), note, now: await clock.now() });
    return reply.redirect(saying(`/escalations/${one.id}`, "acknowledged"), 303);
  });

  async function readingOf({ caller }: Pick<FastifyRequest, "caller">) {
    const [catalogue, now] = await Promise.all([readCatalogue(db), clock.now()]);
    return { db, catalogue, caller, now };
  }

  async function theCase(request: FastifyRequest<OneCase>, reading: Reading): Promise<Explanation> {
    const id = idOf(request.params.id);
    const found = id === null ? null : await readCase(id, reading);
    if (found === null) throw new Problem(404, `There is no case ${request.params.id} that you may see.`);
    return found;
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { found, reading, wrong }: Shown,
  ): Promise<FastifyReply> {
    const context = { ...(await casePage(found, reading)), ...wrong };
    return pages.show(request, reply, { template: "escalation", status: wrong ? 400 : 200, form: true, context });
  }
};

function wrongWith(note: string): string | null {
  if (note === "") return "Say in a few words what you make of it";
  return note.length > LONGEST_NOTE ? `Use at most ${LONGEST_NOTE} characters` : null;
}
