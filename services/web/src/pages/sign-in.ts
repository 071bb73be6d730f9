import rateLimit from "@fastify/rate-limit";
import { findPerson, listPeople, recordAudit, signInLinkFor, useSignInLink } from "@signalbox/db";
import type { FastifyRequest } from "fastify";
import { nameOf } from "../callers.ts";
import { isEverythingEmbedded } from "../embedded.ts";
import { placeInWords } from "../place.ts";
import { Problem } from "../problem.ts";
import { mailLink, MINUTES } from "../sign-in-mail.ts";
import type { PagesOf } from "./all.ts";

/** How often one address of the network may ask for links; an office shares one. */
const ASKED_AT_MOST = { max: 30, timeWindow: "15 minutes" } as const;
/** How many people of a machine that has everything embedded are listed to sign in as. */
const LISTED = 200;
const FORMAT = "Enter an e-mail address in the correct format, like name@example.com";

/** Signing in by a link that works once, and signing out. Looking at the link does not use it up: mail scanners look. */
export const signIn: PagesOf = async (app, parts, pages) => {
  const { db, config, machineNow, log } = parts;
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { after }) =>
      new Problem(429, `Links were asked for too often from here; try again in ${after}.`),
  });

  app.get<{ Querystring: { next?: unknown } }>("/sign-in", async (request, reply) => {
    const people = isEverythingEmbedded(config, request) ? await listPeople(db, LISTED) : [];
    const context = { people, next: ownPath(request.query.next) };
    return pages.show(request, reply, { template: "sign-in", form: true, context });
  });

  app.post<{ Body: { email?: unknown; next?: unknown } | null }>(
    "/sign-in",
    { config: { rateLimit: ASKED_AT_MOST } },
    async (request, reply) => {
      const email = textOf(request.body?.email);
      const next = ownPath(request.body?.next);
      const asked = await mailLink(parts, { email, next });
      if (asked === "no-address") {
        const context = { people: [], next, email, error: FORMAT };
        return pages.show(request, reply, { template: "sign-in", status: 400, form: true, context });
      }
      // The log says whether anything left; the page says the same to all.
      if (asked === "nobody") log.info("a link to sign in was asked for, and none was mailed");
      return pages.show(request, reply, { template: "sign-in-asked", context: { email, minutes: MINUTES } });
    },
  );

  app.post<{ Body: { person?: unknown; next?: unknown } | null }>(
    "/sign-in/as",
    {
      onRequest: async (request) => {
        if (!isEverythingEmbedded(config, request)) throw new Problem(404, "There is nothing here.");
      },
    },
    async (request, reply) => {
      const person = await findPerson(db, textOf(request.body?.person));
      if (person === null) throw new Problem(404, "There is nobody of this address in the catalogue.");
      const entry = { actor: person.email, action: "signed-in", subject: "session", detail: { by: "list of people" } };
      await recordAudit(db, { at: machineNow(), ...entry });
      await begin(request, { role: "person", person: person.email });
      return reply.redirect(ownPath(request.body?.next) ?? (person.isOperator ? "/operations" : "/"), 303);
    },
  );

  app.get<{ Params: { token: string }; Querystring: { next?: unknown } }>("/sign-in/:token", async (request, reply) => {
    const { token } = request.params;
    const link = await signInLinkFor(db, token, machineNow());
    reply.header("referrer-policy", "no-referrer");
    return pages.show(request, reply, {
      template: "sign-in-link",
      status: link === null ? 404 : 200,
      form: link !== null,
      context: { link, token, next: ownPath(request.query.next) },
    });
  });

  app.post<{ Params: { token: string }; Body: { next?: unknown } | null }>(
    "/sign-in/:token",
    async (request, reply) => {
      const link = await useSignInLink(db, request.params.token, machineNow());
      if (link === null) throw new Problem(404, "This link was used before, or is too old. Ask for a new one.");
      await begin(request, link);
      return reply.redirect(ownPath(request.body?.next) ?? (link.role === "operator" ? "/operations" : "/"), 303);
    },
  );

  app.post("/sign-out", async (request, reply) => {
    const { caller } = request;
    if (caller.kind === "operator" || caller.kind === "person") {
      await recordAudit(db, { at: machineNow(), actor: nameOf(caller), action: "signed-out", subject: "session" });
    }
    await request.session.destroy();
    return reply.clearCookie("signalbox_session", { path: "/" }).redirect("/", 303);
  });
};

/** A session of a new name: one that somebody else laid under this browser signs nobody in. */
async function begin(request: FastifyRequest, link: { role: string; person: string | null }): Promise<void> {
  await request.session.regenerate();
  request.session.role = link.role;
  if (link.person !== null) request.session.person = link.person;
  request.session.place = placeInWords(request.headers["user-agent"]);
}

function textOf(given: unknown): string {
  return typeof given === "string" ? given.trim() : "";
}

/** A path of this site to go on to; null for anything that could lead elsewhere. */
function ownPath(given: unknown): string | null {
  const path = textOf(given);
  return path.length <= 500 && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path) ? path : null;
}
