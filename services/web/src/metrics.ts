import { AUDIT_PROBLEMS, countByState, countWaitingWork, lastAuditCheck } from "@signalbox/db";
import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Parts } from "./parts.ts";
import { within } from "./within.ts";

const PATIENCE_MS = 2000;

/** /metrics in Prometheus' text: counted when asked, so that each process that serves the web says the same. */
export function metrics(app: FastifyInstance, parts: Parts): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge({ name: `signalbox_${name}`, help, labelNames, registers: [registry] });
  const jobs = gauge("queue_jobs", "Bells of each queue by state", ["queue", "state"]);
  const queueUp = gauge("queue_up", "1 when the queues answer", []);
  const states = {
    submission: gauge("submissions", "Submissions by status", ["state"]),
    notice: gauge("notices", "Notices by status", ["state"]),
    mail: gauge("mails", "Composed e-mails by status", ["state"]),
    telling: gauge("tellings", "What is to be told, by state", ["state"]),
    request: gauge("requests", "Requests for plans, commentary and returns, by stage", ["state"]),
    escalation: gauge("escalations_standing", "Standing cases by tier", ["state"]),
  };
  const waiting = gauge("waiting", "Work that waits, by kind", ["work"]);
  const oldest = gauge("oldest_unanswered_seconds", "How long the oldest work of each kind has waited", ["work"]);

  const findings = gauge("audit_findings", "What the auditor's last look found, by check", ["check"]);
  const lookedAt = gauge(
    "audit_checked_seconds",
    "When the auditor last looked, in seconds of Unix time; 0 for never",
    [],
  );

  async function countFindings(): Promise<void> {
    const check = await lastAuditCheck(parts.db);
    for (const problem of AUDIT_PROBLEMS) findings.set({ check: problem }, check?.problems[problem] ?? 0);
    lookedAt.set((check?.checkedAt.epochMilliseconds ?? 0) / 1000);
  }

  async function countQueues(): Promise<void> {
    jobs.reset();
    try {
      const depths = await within(PATIENCE_MS, parts.queues.depths());
      for (const [queue, counts] of Object.entries(depths)) {
        for (const [state, count] of Object.entries(counts)) jobs.set({ queue, state }, count);
      }
      queueUp.set(1);
    } catch {
      queueUp.set(0); // The queues are away: that is what the gauge says, and the rest still counts.
    }
  }

  async function countRows(): Promise<void> {
    const now = await parts.clock.now();
    const [counted, waits] = await Promise.all([countByState(parts.db), countWaitingWork(parts.db, now)]);
    for (const one of Object.values(states)) one.reset();
    for (const { table, state, count } of counted) states[table].set({ state }, count);
    for (const { work, count, oldest: since } of waits) {
      waiting.set({ work }, count);
      oldest.set({ work }, since === null ? 0 : Math.max(0, now.since(since).total("seconds")));
    }
  }

  app.get("/metrics", async (_request, reply) => {
    await Promise.all([countQueues(), countRows(), countFindings()]);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
