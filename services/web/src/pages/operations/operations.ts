import {
  actOnFailedWork,
  countWaitingWork,
  FAILING_WORK,
  type FailingWork,
  lastAuditCheck,
  lastFindings,
  listBounces,
  listFailedWork,
  listLeavers,
  listNobodyToTell,
  listSources,
  OPERATOR_ACTS,
  type OperatorAct,
  overduePage,
  recentSubmissions,
  recordAudit,
  servicesSeen,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import { nameOf } from "../../callers.ts";
import { problemsIn } from "../../health-audit.ts";
import { pageAsked, pageOf } from "../../page-of.ts";
import type { Parts } from "../../parts.ts";
import { Problem } from "../../problem.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import { within } from "../../within.ts";
import type { PagesOf } from "../all.ts";
import { findingsInWords } from "./audit-words.ts";
import { actOnJob, failedJobs } from "./failed-jobs.ts";
import { doNow, servicesInWords } from "./operations-words.ts";
import { operationsOut, tableAsked } from "./operations-tables.ts";

const SHOWN = 50;
const RECENT = 25;
const MOST_TAKEN = 10_000;
const PATIENCE_MS = 2000;

type Asked = Partial<Record<"failed" | "overdue" | "done" | "as" | "table", unknown>>;

/** /operations: what a person must do, then what came in, what waits, what failed and why, what is overdue; with a retry for each. */
export const operations: PagesOf = (app, parts, pages) => {
  const { db, queues, clock } = parts;

  app.get<{ Querystring: Asked }>("/operations", async (request, reply) => {
    const { query } = request;
    const as = formatAsked(query.as);
    const now = await clock.now();
    const today = dayOf(now).toString();
    // What is taken away is whole; what is shown comes by the page.
    const shown = as === null ? SHOWN : null;
    const [failedAt, overdueAt] = [pageAsked(query.failed), pageAsked(query.overdue)];
    const from = (page: number) => (as === null ? (page - 1) * SHOWN : 0);
    const [check, found, bounces, leavers] = await Promise.all([
      lastAuditCheck(db),
      lastFindings(db, shown),
      listBounces(db, shown),
      listLeavers(db, shown),
    ]);
    const problems = problemsIn(check, parts.machineNow());
    const audit = findingsInWords(found, problems, check?.checkedAt ?? null);
    const [failed, waiting, overdue, recent, sources] = await Promise.all([
      listFailedWork(db, shown, from(failedAt)),
      countWaitingWork(db, now),
      overduePage(db, today, { limit: shown, offset: from(overdueAt) }),
      recentSubmissions(db, as === null ? RECENT : MOST_TAKEN),
      listSources(db),
    ]);
    if (as !== null) {
      const lists = {
        failed: failed.items,
        waiting,
        overdue: overdue.items,
        sources,
        received: recent,
        audit,
        leavers,
        bounces,
      };
      return sendTable(reply, operationsOut(tableAsked(query.table), lists), as);
    }
    const [jobs, depths, nobody, seen, isTicking] = await Promise.all([
      within(PATIENCE_MS, failedJobs(queues, SHOWN)).catch(() => null),
      within(PATIENCE_MS, queues.depths()).catch(() => null),
      listNobodyToTell(db),
      servicesSeen(db),
      clock.ticking(),
    ]);
    const services = servicesInWords(seen, parts.machineNow());
    const context = {
      now,
      clock: { kind: parts.config.clock, isTicking },
      todo: doNow({
        failed: failed.total,
        jobs,
        overdue: overdue.total,
        nobody,
        services,
        audit: problems.reduce((sum, { count }) => sum + count, 0),
        bounces,
        leavers,
      }),
      checkedAt: check?.checkedAt ?? null,
      audit,
      bounces,
      leavers,
      failed,
      jobs,
      waiting,
      overdue: overdue.items,
      nobody,
      services,
      sources,
      recent,
      depths,
      done: query.done,
      ...pagesOf({ failed: failed.total, overdue: overdue.total }, { failed: failedAt, overdue: overdueAt }),
    };
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

type Lists = Readonly<Record<"failed" | "overdue", number>>;

/** The pages of the lists that may be long; one is turned while the other stays. */
function pagesOf(totals: Lists, at: Lists) {
  const address = (list: keyof Lists, other: keyof Lists) =>
    `/operations?${at[other] > 1 ? `${other}=${at[other]}&` : ""}${list}=`;
  const one = (list: keyof Lists, other: keyof Lists) => {
    const paged = pageOf(totals[list], { page: at[list], size: SHOWN, address: "" });
    const to = (href: string | null) =>
      href === null ? null : `${address(list, other)}${href.replace("page=", "")}#${list}`;
    return { ...paged, before: to(paged.before), after: to(paged.after) };
  };
  return { failedPages: one("failed", "overdue"), overduePages: one("overdue", "failed") };
}

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
