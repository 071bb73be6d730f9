import cookie from "@fastify/cookie";
import csrf from "@fastify/csrf-protection";
import helmet from "@fastify/helmet";
import session from "@fastify/session";
import type { FastifyInstance } from "fastify";
import { randomBytes } from "node:crypto";
import { admit, ruleOf } from "./access.ts";
import { recogniseLinks } from "./answering/recognise-links.ts";
import { recogniseCallers } from "./callers.ts";
import type { AnswerProblem } from "./errors.ts";
import type { Parts } from "./parts.ts";
import { Problem } from "./problem.ts";
import { sessionsIn } from "./session-store.ts";

const HOURS_SIGNED_IN = 12;
const REFUSALS = {
  401: "Present an API key: Authorization: Bearer KEY.",
  403: "This is not for you: what you are, or what your key may do and see, does not reach this far.",
} as const;

/** Headers, sessions, who calls, and whether they may: all before the body of a request is read. */
export async function protect(app: FastifyInstance, parts: Parts, answer: AnswerProblem): Promise<void> {
  const https = parts.config.baseUrl.startsWith("https:");
  await app.register(helmet, {
    enableCSPNonces: true,
    strictTransportSecurity: https,
    referrerPolicy: { policy: "same-origin" },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'", "https://assets.nhs.uk"],
        imgSrc: ["'self'", "data:"],
        manifestSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  // What is shown is for one person at one time; what may be kept says so itself.
  app.addHook("onSend", async (_request, reply, payload) => {
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    return payload;
  });
  await app.register(cookie);
  await app.register(session, {
    secret: parts.config.sessionSecret ?? randomBytes(32).toString("hex"),
    cookieName: "signalbox_session",
    cookie: { secure: https, httpOnly: true, sameSite: "lax", maxAge: HOURS_SIGNED_IN * 3_600_000 },
    saveUninitialized: false,
    rolling: false,
    store: sessionsIn(parts),
  });
  await app.register(csrf, { sessionPlugin: "@fastify/session" });
  recogniseCallers(app, parts);
  recogniseLinks(app, parts, answer);
  app.addHook("onRequest", async (request, reply) => {
    const { url } = request.routeOptions;
    if (url === undefined) return;
    const admission = admit(ruleOf(request.method, url), request.caller);
    if (admission !== "welcome") return answer(new Problem(admission, REFUSALS[admission]), request, reply);
  });
}
