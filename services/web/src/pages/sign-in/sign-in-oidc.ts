import { findPerson, recordAudit } from "@signalbox/db";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Attempts, networkOf, refuseTooMany } from "../../attempts.ts";
import { CALLBACK, openOidc, ProviderAway, type Told } from "../../oidc.ts";
import { Problem } from "../../problem.ts";
import { beginSession, ownPath } from "../../signing-in.ts";
import type { PagesOf } from "../all.ts";

/** How long somebody may take at the provider. */
const TAKES_AT_MOST = { minutes: 15 } as const;
/** How many sign-ins may fail, from one address of the network and for one account. */
const FAILED_FROM = { max: 30, seconds: 15 * 60 } as const;
const FAILED_FOR = { max: 10, seconds: 15 * 60 } as const;
const TOO_OFTEN = "Signing in has failed too often.";

interface Refusal {
  readonly status: number;
  readonly headline: string;
  readonly detail: string;
  readonly email?: string;
  /** For the audit trail; a sign-in that was not refused has none. */
  readonly why?: string;
}

const STALE: Refusal = {
  status: 400,
  headline: "This sign-in has gone stale",
  detail: "It was begun too long ago, in another browser, or was finished before. Begin it again.",
  why: "stale",
};
const AWAY: Refusal = {
  status: 503,
  headline: "The sign-in service does not answer",
  detail:
    "Signalbox could not reach the service that knows your work account. Try again in a minute, or ask for a link by e-mail.",
};

/** /sign-in/oidc: signing in with the account of one's work, where an OpenID provider is set. */
export const oidcPages: PagesOf = (app, { db, config, machineNow, log }, pages) => {
  const client = config.oidc === null ? null : openOidc(config.oidc, config.baseUrl);
  const failedFrom = new Attempts(FAILED_FROM, machineNow);
  const failedFor = new Attempts(FAILED_FOR, machineNow);

  app.get<{ Querystring: { next?: unknown } }>("/sign-in/oidc", async (request, reply) => {
    const next = ownPath(request.query.next);
    try {
      const { address, begun } = await theClient().begin();
      request.session.oidc = { ...begun, next, begunAt: machineNow().toString() };
      return reply.header("cache-control", "no-store").redirect(address, 303);
    } catch (error) {
      return unlessAway(error, request, reply, next);
    }
  });

  app.get(CALLBACK, async (request, reply) => {
    const provider = theClient();
    refuseTooMany(reply, failedFrom.secondsToWait(networkOf(request.ip)), TOO_OFTEN);
    const begun = request.session.oidc;
    // Whatever comes of it, what was begun here ends here: nobody finishes it twice.
    delete request.session.oidc;
    const next = begun?.next ?? null;
    const isOver = (at: string) =>
      Temporal.Instant.compare(Temporal.Instant.from(at).add(TAKES_AT_MOST), machineNow()) < 0;
    if (begun === undefined || isOver(begun.begunAt)) return refuse(request, reply, next, STALE);
    let told: Told;
    try {
      told = await provider.finish(new URL(request.url, config.baseUrl).search, begun);
    } catch (error) {
      return unlessAway(error, request, reply, next);
    }
    if (told.kind !== "address") return refuse(request, reply, next, refusalOf(told));
    refuseTooMany(reply, failedFor.secondsToWait(told.email), TOO_OFTEN);
    const person = await findPerson(db, told.email);
    if (person === null) return refuse(request, reply, next, unknown(told.email));
    const detail = { by: "work account", issuer: config.oidc?.issuer };
    await recordAudit(db, { at: machineNow(), actor: person.email, action: "signed-in", subject: "session", detail });
    await beginSession(request, { role: "person", person: person.email });
    return reply.header("cache-control", "no-store").redirect(next ?? (person.isOperator ? "/operations" : "/"), 303);
  });

  function theClient() {
    if (client === null) throw new Problem(404, "No sign-in service is set here. Ask for a link by e-mail.");
    return client;
  }

  async function unlessAway(error: unknown, request: FastifyRequest, reply: FastifyReply, next: string | null) {
    if (!(error instanceof ProviderAway)) throw error;
    log.warn({ err: error }, "the sign-in service does not answer");
    return show(request, reply, next, AWAY);
  }

  async function refuse(request: FastifyRequest, reply: FastifyReply, next: string | null, refusal: Refusal) {
    failedFrom.count(networkOf(request.ip));
    if (refusal.email !== undefined) failedFor.count(refusal.email);
    const actor = refusal.email ?? "nobody";
    const detail = { by: "work account", why: refusal.why };
    await recordAudit(db, { at: machineNow(), actor, action: "sign-in-refused", subject: "session", detail });
    return show(request, reply, next, refusal);
  }

  function show(request: FastifyRequest, reply: FastifyReply, next: string | null, refusal: Refusal) {
    const { status, headline, detail, email } = refusal;
    return pages.show(request, reply, {
      template: "sign-in-refused",
      status,
      context: { headline, detail, email, next },
    });
  }
};

function unknown(email: string): Refusal {
  return {
    status: 403,
    headline: "Signalbox does not know you yet",
    detail: "Nobody in its catalogue has this address. Ask whoever keeps the catalogue to add you.",
    email,
    why: "nobody of the catalogue",
  };
}

function refusalOf(told: Exclude<Told, { kind: "address" }>): Refusal {
  const headline = "You are not signed in";
  if (told.kind === "unverified") {
    const detail = "Your work account has not checked it yet. Check it there, then sign in again.";
    return { status: 403, headline, detail, email: told.email, why: "address not verified" };
  }
  if (told.kind === "no-address") {
    const detail = "Your work account did not say what your e-mail address is. Ask for a link by e-mail.";
    return { status: 403, headline, detail, why: "no address" };
  }
  const detail = "The sign-in service said no, or its answer was not for you. Try again, or ask for a link by e-mail.";
  return { status: 403, headline, detail, why: told.why };
}
