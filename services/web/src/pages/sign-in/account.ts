import { catalogueNames, endSessions, IDLE_AT_MOST, listPeople, listSessions } from "@signalbox/db";
import type { FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf, sightOf } from "../../callers.ts";
import { Problem } from "../../problem.ts";
import { keptIdOf } from "../../session-store.ts";
import type { PagesOf } from "../all.ts";
import { deputiesNow, deputyForms, NOTHING_TYPED, type TypedDeputy } from "./deputies.ts";
import { mayInWords, sightInWords } from "./what-one-may.ts";

const SHOWN = 100;

interface OneSession {
  Params: { number: string };
}

/** /account: who somebody is here, what they see and may do, and where they are signed in; for operators, of everybody. */
export const accountPages: PagesOf = (app, parts, pages) => {
  const { db, machineNow } = parts;
  deputyForms(app, parts, show);
  app.get("/account", async (request, reply) => show(request, reply, NOTHING_TYPED));

  async function show(request: FastifyRequest, reply: FastifyReply, typed: TypedDeputy) {
    const { caller } = request;
    const person = caller.kind === "person" || caller.kind === "operator" ? caller.person : null;
    const query = request.query as { ended?: unknown; deputy?: unknown };
    const [names, [listed], sessions, deputies] = await Promise.all([
      catalogueNames(db),
      person === null ? [] : listPeople(db, 1, person.email),
      listSessions(db, { ...asking(request), person: nameOf(caller), limit: SHOWN }),
      deputiesNow(parts, person?.email ?? null),
    ]);
    const context = {
      person,
      deputies,
      typed,
      errors: typed.faults.map(({ field, text }) => ({ text, href: `#${field}` })),
      deputyDone: typed.faults.length > 0 ? null : query.deputy,
      roles: listed?.roles ?? [],
      sight: sightInWords(sightOf(request), names),
      may: person === null ? [] : mayInWords(person),
      sessions,
      others: sessions.filter(({ isThis }) => !isThis).length,
      ended: "ended" in query,
      idleHours: IDLE_AT_MOST.hours,
    };
    const status = typed.faults.length > 0 ? 400 : 200;
    return pages.show(request, reply, { template: "account", status, form: true, context });
  }

  app.post<OneSession>("/account/sessions/:number/end", async (request, reply) => {
    return end(request, reply, { of: nameOf(request.caller), back: "/account" });
  });

  app.post("/account/sessions/end-others", async (request, reply) => {
    const own = { of: nameOf(request.caller), which: { allBut: keptIdOf(request.session.sessionId) } };
    await endSessions(db, own, { actor: nameOf(request.caller), now: machineNow() });
    return reply.redirect("/account?ended=others", 303);
  });

  app.get<{ Querystring: { ended?: unknown; person?: unknown } }>("/operations/sessions", async (request, reply) => {
    const given = request.query.person;
    const person = typeof given === "string" ? given.replaceAll("\0", "").trim().toLowerCase() : "";
    const sessions = await listSessions(db, { ...asking(request), person: person || null, limit: SHOWN + 1 });
    const context = {
      person,
      sessions: sessions.slice(0, SHOWN),
      more: sessions.length > SHOWN,
      ended: "ended" in request.query,
    };
    return pages.show(request, reply, { template: "sessions", form: true, context });
  });

  app.post<OneSession>("/operations/sessions/:number/end", async (request, reply) => {
    return end(request, reply, { of: null, back: "/operations/sessions" });
  });

  async function end(
    request: FastifyRequest<OneSession>,
    reply: FastifyReply,
    { of, back }: { of: string | null; back: string },
  ) {
    const number = idOf(request.params.number);
    const by = { actor: nameOf(request.caller), now: machineNow() };
    const ended = number === null ? 0 : await endSessions(db, { of, which: { number } }, by);
    if (ended === 0) throw new Problem(404, "There is no such sign-in: it may have ended already.");
    return reply.redirect(`${back}?ended=one`, 303);
  }

  function asking(request: FastifyRequest) {
    return { own: keptIdOf(request.session.sessionId), now: machineNow() };
  }
};
