import { findPerson, listPeople, recordAudit, signInLinkFor, useSignInLink } from "@signalbox/db";
import { Attempts, networkOf, refuseTooMany } from "../../attempts.ts";
import { nameOf } from "../../callers.ts";
import { isEverythingEmbedded } from "../../embedded.ts";
import { Problem } from "../../problem.ts";
import { mailLink, MINUTES } from "../../sign-in-mail.ts";
import { beginSession, ownPath, textOf } from "../../signing-in.ts";
import type { PagesOf } from "../all.ts";

/** How often one address of the network may ask for links; an office shares one. */
const ASKED_FROM = { max: 30, seconds: 15 * 60 } as const;
/** How often links may be asked for by one e-mail address, known or not; the first three are mailed. */
const ASKED_FOR = { max: 10, seconds: 15 * 60 } as const;
/** How many links that there are not one address of the network may try. */
const TRIED_FROM = { max: 20, seconds: 15 * 60 } as const;
const ASKED_TOO_OFTEN = "Links were asked for too often.";
const TRIED_TOO_OFTEN = "Too many links that do not work were tried from here.";
/** How many people of a machine that has everything embedded are listed to sign in as. */
const LISTED = 200;
const FORMAT = "Enter an e-mail address in the correct format, like name@example.com";

/** Signing in by a link that works once, and signing out. Looking at the link does not use it up: mail scanners look. */
export const signIn: PagesOf = (app, parts, pages) => {
  const { db, config, machineNow, log } = parts;
  const askedFrom = new Attempts(ASKED_FROM, machineNow);
  const askedFor = new Attempts(ASKED_FOR, machineNow);
  const triedFrom = new Attempts(TRIED_FROM, machineNow);

  app.get<{ Querystring: { next?: unknown } }>("/sign-in", async (request, reply) => {
    const people = isEverythingEmbedded(config, request) ? await listPeople(db, LISTED) : [];
    const context = { people, next: ownPath(request.query.next), oidc: config.oidc !== null };
    return pages.show(request, reply, { template: "sign-in", form: true, context });
  });

  app.post<{ Body: { email?: unknown; next?: unknown } | null }>("/sign-in", async (request, reply) => {
    const email = textOf(request.body?.email);
    const next = ownPath(request.body?.next);
    refuseTooMany(reply, askedFrom.count(networkOf(request.ip)), ASKED_TOO_OFTEN);
    refuseTooMany(reply, askedFor.count(email.toLowerCase().slice(0, 320)), ASKED_TOO_OFTEN);
    const asked = await mailLink(parts, { email, next });
    if (asked === "no-address") {
      const context = { people: [], next, email, error: FORMAT, oidc: config.oidc !== null };
      return pages.show(request, reply, { template: "sign-in", status: 400, form: true, context });
    }
    // The log says whether anything left; the page says the same to all.
    if (asked === "nobody") log.info("a link to sign in was asked for, and none was mailed");
    return pages.show(request, reply, { template: "sign-in-asked", context: { email, minutes: MINUTES } });
  });

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
      await beginSession(request, { role: "person", person: person.email });
      return reply.redirect(ownPath(request.body?.next) ?? (person.isOperator ? "/operations" : "/"), 303);
    },
  );

  app.get<{ Params: { token: string }; Querystring: { next?: unknown } }>("/sign-in/:token", async (request, reply) => {
    const { token } = request.params;
    const from = networkOf(request.ip);
    refuseTooMany(reply, triedFrom.secondsToWait(from), TRIED_TOO_OFTEN);
    const link = await signInLinkFor(db, token, machineNow());
    if (link === null) triedFrom.count(from);
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
      const from = networkOf(request.ip);
      refuseTooMany(reply, triedFrom.secondsToWait(from), TRIED_TOO_OFTEN);
      const link = await useSignInLink(db, request.params.token, machineNow());
      if (link === null) triedFrom.count(from);
      if (link === null) throw new Problem(404, "This link was used before, or is too old. Ask for a new one.");
      await beginSession(request, link);
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
