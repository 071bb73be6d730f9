import { type AuditCheck, type AuditProblem, lastAuditCheck } from "@signalbox/db";
import type { FastifyInstance } from "fastify";
import type { Parts } from "./parts.ts";
import { within } from "./within.ts";

const PATIENCE_MS = 2000;

/** A problem by name and how often; no person, no organisation, no figure. */
export interface CountedProblem {
  readonly name: AuditProblem | "not-checked";
  readonly count: number;
}

/**
 * /health/audit: 200 where the auditor's last look found nothing, 503 with what it found, by name and count. An auditor who
 * has not looked for two of its periods is a problem too.
 */
export function healthAudit(app: FastifyInstance, { db, machineNow }: Parts): void {
  app.get("/health/audit", async (_request, reply) => {
    const check = await within(PATIENCE_MS, lastAuditCheck(db)).catch(() => null);
    const problems = problemsIn(check, machineNow());
    const ok = problems.length === 0;
    return reply.code(ok ? 200 : 503).send({ ok, checkedAt: check?.checkedAt.toString() ?? null, problems });
  });
}

/** What is wrong by the auditor's last look; also that it was too long ago, or never. */
export function problemsIn(check: AuditCheck | null, now: Temporal.Instant): CountedProblem[] {
  if (check === null) return [{ name: "not-checked", count: 1 }];
  const isStale = now.since(check.checkedAt).total("seconds") > 2 * check.periodSeconds;
  const found = Object.entries(check.problems) as [AuditProblem, number][];
  return [
    ...(isStale ? [{ name: "not-checked", count: 1 } as const] : []),
    ...found.map(([name, count]) => ({ name, count })).toSorted((a, b) => a.name.localeCompare(b.name, "en-GB")),
  ];
}
