import { type AnswerLink, findPerson, type LinkOver, planAnswersOnly, readAnswerLink } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AnswerProblem } from "../errors.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { limitedPerson } from "./limited-person.ts";
import { type Within, withinLink } from "./within-link.ts";

/** What a browser opened by a link of a mail, as it stands now; `over` says why it opens nothing any more. */
export interface Answering {
  readonly link: AnswerLink;
  readonly over: LinkOver | null;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Null for whoever signed in, holds a key, or is nobody. */
    answering: Answering | null;
  }
  interface Session {
    /** The link that this browser opened, and until when that very mail's copy of it works. */
    answering?: { readonly link: number; readonly person: string; readonly until: string };
  }
}

/**
 * Finds out who comes by a link, at each request anew, so that one that was ended, ran out or was answered opens nothing more;
 * and shuts to them every route that does not lie within it. Needs `recogniseCallers` before it.
 */
export function recogniseLinks(
  app: FastifyInstance,
  { db, clock }: Pick<Parts, "db" | "clock">,
  answer: AnswerProblem,
): void {
  app.decorateRequest("answering", null);
  app.addHook("onRequest", async (request, reply) => {
    if (request.session.answering === undefined || request.headers.authorization !== undefined) return;
    const found = await linkOf(request.session.answering);
    if (found === null) return;
    const { link, person, over } = found;
    request.answering = { link, over };
    if (person !== null) request.caller = { kind: "person", person };
    const { url } = request.routeOptions;
    if (url === undefined) return;
    const within = await whereOf(link, request);
    if (within === "anybody" || (within === "yes" && over === null)) return;
    // A link that has done its work, or the front page: there it says what it is, or was, for.
    if (over !== null || url === "/") return reply.redirect("/answer", 303);
    return answer(new Problem(403, BEYOND), request, reply);
  });

  async function linkOf({ link: id, until }: NonNullable<FastifyRequest["session"]["answering"]>) {
    const now = await clock.now();
    const link = await readAnswerLink(db, id, now);
    if (link === null) return null;
    const isPast = Temporal.Instant.compare(Temporal.Instant.from(until), now) <= 0;
    const over = link.over ?? (isPast ? ("ran-out" as const) : null);
    if (over !== null) return { link, person: null, over };
    const known = await findPerson(db, link.person, dayOf(now).toString());
    const person = known === null ? null : limitedPerson(known, link);
    return { link, person, over: person === null ? ("no-longer-asked" as const) : null };
  }

  async function whereOf(link: AnswerLink, { method, routeOptions, params, query }: FastifyRequest): Promise<Within> {
    const asked = {
      method,
      url: routeOptions.url ?? "",
      params: params as Record<string, unknown>,
      query: query as Record<string, unknown>,
    };
    const within = withinLink(link, asked);
    if (within !== "plan") return within;
    const plan = asked.params["id"];
    if (typeof plan !== "string" || !/^\d{1,15}$/.test(plan) || link.escalation === null) return "no";
    const of = { escalation: link.escalation, organisation: link.organisation };
    return (await planAnswersOnly(db, Number(plan), of)) ? "yes" : "no";
  }
}

const BEYOND =
  "You came by the link of a mail, which opens what it asks of you and nothing else. To go further, sign in with your e-mail address at /sign-in.";
