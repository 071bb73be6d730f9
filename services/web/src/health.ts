import { isMigrated, reachDatabase, servicesNotSeen } from "@signalbox/db";
import type { FastifyInstance } from "fastify";
import type { Parts } from "./parts.ts";
import { within } from "./within.ts";

const SERVICES = ["ingestion", "evaluator", "notifier"] as const;
const PATIENCE_MS = 2000;
const SEEN_WITHIN = { seconds: 30 } as const;

/**
 * /health/live: the process answers. /health/ready: 200 when the database, its migrations and the queues are there, else
 * 503 with the names of what is not; services that nobody saw at work of late are named, and are no reason to take this
 * one out of service.
 */
export function health(app: FastifyInstance, parts: Parts): void {
  app.get("/health/live", async () => ({ status: "live" }));
  app.get("/health/ready", async (_request, reply) => {
    const { notReady, notSeen } = await look(parts);
    const ready = notReady.length === 0;
    return reply.code(ready ? 200 : 503).send({ status: ready ? "ready" : "not-ready", notReady, notSeen });
  });
}

async function look({ db, queues, machineNow }: Parts): Promise<{ notReady: string[]; notSeen: string[] }> {
  const works = (answer: Promise<unknown>) =>
    within(PATIENCE_MS, answer).then(
      () => true,
      () => false,
    );
  const [database, queue] = await Promise.all([works(reachDatabase(db)), works(queues.depths())]);
  const migrated = database && (await within(PATIENCE_MS, isMigrated(db)).catch(() => false));
  const notReady = [
    ...(database ? [] : ["database"]),
    ...(migrated ? [] : ["migrations"]),
    ...(queue ? [] : ["queue"]),
  ];
  const notSeen = migrated ? await servicesNotSeen(db, SERVICES, machineNow().subtract(SEEN_WITHIN)) : [...SERVICES];
  return { notReady, notSeen };
}
