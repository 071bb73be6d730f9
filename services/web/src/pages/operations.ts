import {
  actOnFailedWork,
  countWaitingWork,
  FAILING_WORK,
  type FailingWork,
  listFailedWork,
  listOverdue,
  OPERATOR_ACTS,
  type OperatorAct,
  recentSubmissions,
  recordAudit,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import { nameOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { within } from "../within.ts";
import type { PagesOf } from "./all.ts";
import { actOnJob, failedJobs } from "./failed-jobs.ts";

const SHOWN = 50;
const PATIENCE_MS = 2000;

/** /operations: what came in, what waits, what failed and why, what is overdue; with a retry for each. */
export const operations: PagesOf = (app, parts, pages) => {
  const { db, queues, clock } = parts;

  app.get("/operations", async (request, reply) => {
    const now = await clock.now();
    const [failed, jobs, waiting, overdue, recent, depths] = await Promise.all([
      listFailedWork(db, SHOWN),
      within(PATIENCE_MS, failedJobs(queues, SHOWN)).catch(() => null),
      countWaitingWork(db, now),
      listOverdue(db, dayOf(now).toString(), SHOWN),
      recentSubmissions(db, SHOWN / 2),
      within(PATIENCE_MS, queues.depths()).catch(() => null),
    ]);
    const done = (request.query as { done?: string }).done;
    const context = { now, failed, jobs, waiting, overdue, recent, depths, done };
    return pages.show(request, reply, { template: "operations", form: true, context });
  });

  app.post<{ Params: { work: string; id: string; act: string } }>(
    "/operations/:work/:id/:act",
    async (request, reply) => {
      const { work, id, act } = request.params;
      if (!isOneOf(OPERATOR_ACTS, act)) throw new Problem(404, "There is no such thing to do.");
      const by = { actor: nameOf(request.caller), now: await clock.now() };
      const done = isOneOf(FAILING_WORK, work)
        ? await actOnFailedWork(db, { work, id, act }, by)
        : work === "job" && (await jobActed(id, act, by));
      if (!done) throw new Problem(409, "It is no longer failed: somebody, or the program, was quicker.");
      if (act === "retry") ringFor(parts, work, id);
      return reply.redirect(`/operations?done=${act}`, 303);
    },
  );

  async function jobActed(id: string, act: OperatorAct, { actor, now }: { actor: string; now: Temporal.Instant }) {
    if (!(await within(PATIENCE_MS, actOnJob(queues, id, act)))) return false;
    const action = act === "retry" ? "job-retried" : "job-dismissed";
    await recordAudit(db, { at: now, actor, action, subject: `job ${id.slice(0, 200)}` });
    return true;
  }
};

function isOneOf<const Word extends string>(words: readonly Word[], word: string): word is Word {
  return (words as readonly string[]).includes(word);
}

function ringFor({ queues }: Parts, work: string, id: string): void {
  const bells: Readonly<Record<FailingWork, () => Promise<boolean>>> = {
    submission: () => queues.ring("read-submission", { submission: Number(id) }),
    series: () => queues.ring("assess-series", {}),
    organisation: () => queues.ring("assess-organisations", {}),
    source: () => queues.ring("pull-source", { sourcePeriod: Number(id) }),
    mail: () => queues.ring("tell", {}),
  };
  if (isOneOf(FAILING_WORK, work)) void bells[work]();
}
