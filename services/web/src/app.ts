import fastifyStatic from "@fastify/static";
import { withPreparedReading } from "@signalbox/db";
import Fastify, { type FastifyInstance, LogController } from "fastify";
import { join } from "node:path";
import { api } from "./api/api.ts";
import { answerErrors } from "./errors.ts";
import { health } from "./health.ts";
import { healthAudit } from "./health-audit.ts";
import { keepRoutes } from "./known-routes.ts";
import { metrics } from "./metrics.ts";
import { apiDocs } from "./pages/api-docs.ts";
import { pagesForPeople } from "./pages/all.ts";
import { queuesDashboard } from "./pages/operations/queues-dashboard.ts";
import { openPages } from "./pages.ts";
import type { GivenParts, Overrides, Parts } from "./parts.ts";
import { openPreviews } from "./preview.ts";
import { protect } from "./security.ts";
import { nhsukFolder } from "./views.ts";

const PRIVATE_NETWORKS = ["loopback", "linklocal", "uniquelocal"];

/** The whole web service, not yet listening: what tests `inject` into. */
export async function buildApp(given: GivenParts, overrides: Overrides = {}): Promise<FastifyInstance> {
  const previews = await openPreviews(given);
  const db = withPreparedReading(given.db);
  const parts: Parts = { machineNow: () => Temporal.Now.instant(), ...given, db, previews, ...overrides };
  const https = parts.config.baseUrl.startsWith("https:");
  const app = Fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true }),
    // TLS ends at a proxy on a private network; without TLS there is no proxy whose word would be needed.
    trustProxy: https ? PRIVATE_NETWORKS : false,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
  }) as unknown as FastifyInstance;
  const pages = openPages(parts);
  keepRoutes(app);
  const answerProblem = answerErrors(app, pages);
  await protect(app, parts, answerProblem);
  await app.register(fastifyStatic, {
    root: [join(nhsukFolder, "nhsuk"), join(nhsukFolder, "nhsuk/assets"), join(import.meta.dirname, "assets")],
    prefix: "/assets/",
    decorateReply: false,
    maxAge: "1h",
  });
  health(app, parts);
  healthAudit(app, parts);
  metrics(app, parts);
  const description = await api(app, parts);
  apiDocs(app, pages, description);
  await pagesForPeople(app, parts, pages);
  await queuesDashboard(app, parts, answerProblem);
  return app;
}
