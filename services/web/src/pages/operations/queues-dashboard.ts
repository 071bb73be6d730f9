import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { FastifyAdapter } from "@bull-board/fastify";
import { recordAudit } from "@signalbox/db";
import type { FastifyInstance } from "fastify";
import { nameOf } from "../../callers.ts";
import type { AnswerProblem } from "../../errors.ts";
import type { Parts } from "../../parts.ts";
import { Problem } from "../../problem.ts";

const BASE = "/operations/queues";
/** bull-board writes style attributes and names its base; scripts are its own files alone. */
const DASHBOARD_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** bull-board over every queue. Its pages know no form token: a session's changes must come from this site's own pages. */
export async function queuesDashboard(
  app: FastifyInstance,
  { queues, db, clock, config }: Parts,
  answer: AnswerProblem,
): Promise<void> {
  const server = new FastifyAdapter();
  createBullBoard({
    queues: queues.bullQueues().map((queue) => new BullMQAdapter(queue as never)),
    serverAdapter: server,
    options: { uiConfig: { boardTitle: "Signalbox queues", miscLinks: [{ text: "Operations", url: "/operations" }] } },
  });
  server.setBasePath(BASE);
  await app.register(async (scope) => {
    scope.addHook("onRequest", async (request, reply) => {
      const { method, headers, caller } = request;
      if (method === "GET" || method === "HEAD" || caller.kind === "key") return;
      const origin = headers.origin === undefined ? null : URL.parse(headers.origin)?.host;
      const isOwn = typeof origin === "string" && [headers.host, new URL(config.baseUrl).host].includes(origin);
      if (isOwn || headers["sec-fetch-site"] === "same-origin") return;
      return answer(new Problem(403, "This change did not come from the dashboard's own page."), request, reply);
    });
    scope.addHook("onSend", async (_request, reply, payload) => {
      reply.header("content-security-policy", DASHBOARD_POLICY);
      return payload;
    });
    scope.addHook("onResponse", async ({ method, url, caller }, { statusCode }) => {
      if (method === "GET" || method === "HEAD" || statusCode >= 300) return;
      const subject = url.slice(BASE.length, 300);
      await recordAudit(db, {
        at: await clock.now(),
        actor: nameOf(caller),
        action: `queues-${method.toLowerCase()}`,
        subject,
      });
    });
    await scope.register(server.registerPlugin(), { prefix: BASE });
  });
}
