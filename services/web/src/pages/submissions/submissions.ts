import {
  type CatalogueNames,
  catalogueNames,
  isHeldBack,
  isSettled,
  listDisputes,
  problemsOf,
  reachOf,
  readSubmission,
  releaseSubmission,
  sees,
  signOffSubmission,
  type SubmissionChange,
  submissionChanges,
  submissionProgress,
  type SubmissionReport,
  withdrawSubmission,
} from "@signalbox/db";
import { formatPeriod, nameOfPeriod } from "@signalbox/domain";
import type { FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { whyNot } from "../../api/sign-off.ts";
import { type Caller, nameOf, reachOfRoles, organisationsSeen } from "../../callers.ts";
import { figureInWords } from "../../figure-words.ts";
import { MARKED_FORMATS, sendMarked } from "../../marked-file.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import { problemsOut, templateInWords } from "./submission-words.ts";
import { addressWith, pageAsked, pageOf } from "../../page-of.ts";
import { Problem } from "../../problem.ts";
import { mayDispute } from "../../disputing.ts";
import type { PagesOf } from "../all.ts";
import { disputeInWords } from "../disputes/in-words.ts";
import { progressInWords } from "./progress-words.ts";

const PROBLEMS_A_PAGE = 100;
const CHANGES_SHOWN = 200;
const LONGEST_REASON = 1000;
const TIERS = { none: "nobody", board: "the board", slt: "the SLT" } as const;

interface OneSubmission {
  Params: { id: string };
  Querystring: { came?: unknown; page?: unknown; as?: unknown };
  Body: { reason?: unknown } | null;
}

/** /submissions/:id: what a file brought, what was wrong with it, what it changed, and what may be done with it. */
export const submissionPages: PagesOf = (app, { db, clock, queues, previews }, pages) => {
  app.get<OneSubmission>("/submissions/:id", async (request, reply) => {
    const submission = await theSubmission(request);
    const as = formatAsked(request.query.as);
    if (as === null) return show(request, reply, submission);
    const problems = await problemsOf(db, submission.id);
    return sendTable(reply, problemsOut(submission.id, problems), as);
  });

  app.get<OneSubmission>("/submissions/:id/progress", async (request, reply) => {
    const submission = await theSubmission(request);
    const { progress } = await wayOf(submission, await clock.now());
    return pages.show(request, reply, { template: "submission-progress", context: { submission, progress } });
  });

  // Beside the API's own, so that whoever opens a receipt's link is asked to sign in.
  for (const format of MARKED_FORMATS) {
    app.get<OneSubmission>(`/submissions/:id/marked.${format}`, async (request, reply) =>
      sendMarked({ db, previews }, reply, { submission: await theSubmission(request), format }),
    );
  }

  app.post<OneSubmission>("/submissions/:id/release", async (request, reply) => {
    const { id } = await theSubmission(request, mayRelease);
    await releaseSubmission(db, id, nameOf(request.caller), await clock.now());
    void queues.ring("tell", {});
    return reply.redirect(`/submissions/${id}`, 303);
  });

  app.post<OneSubmission>("/submissions/:id/sign-off", async (request, reply) => {
    const { id } = await theSubmission(request, maySignOff);
    const by = nameOf(request.caller);
    const now = await clock.now();
    const signed = await db.transaction().execute((trx) => signOffSubmission(trx, id, by, now));
    if (signed === null || signed.kind !== "signed") throw new Problem(409, whyNot(id, signed?.kind ?? "not-asked"));
    void queues.ring("tell", {});
    return reply.redirect(`/submissions/${id}`, 303);
  });

  app.post<OneSubmission>("/submissions/:id/withdrawal", async (request, reply) => {
    const submission = await theSubmission(request, mayWithdraw);
    const given = request.body?.reason;
    const reason = typeof given === "string" ? given.trim() : "";
    if (reason === "") return show(request, reply, submission, "Say in a few words why it is withdrawn");
    if (reason.length > LONGEST_REASON) {
      return show(request, reply, submission, `Use at most ${LONGEST_REASON} characters`);
    }
    const { id } = submission;
    await withdrawSubmission(db, id, { by: nameOf(request.caller), reason, now: await clock.now() });
    void queues.ring("assess-series", {});
    void queues.ring("tell", {});
    return reply.redirect(`/submissions/${id}`, 303);
  });

  /** The submission of a path: 404 where this caller sees none, 403 where what they want with it is not theirs to do. */
  async function theSubmission(
    request: FastifyRequest<OneSubmission>,
    may: (caller: Caller, organisation: string) => boolean = () => true,
  ): Promise<SubmissionReport> {
    const id = idOf(request.params.id);
    const submission = id === null ? null : await readSubmission(db, id, organisationsSeen(request));
    if (submission === null) throw new Problem(404, `There is no submission ${request.params.id} that you may see.`);
    if (!may(request.caller, submission.organisation)) {
      throw new Problem(403, "This submission is not yours to do this with; you may see it.");
    }
    return submission;
  }

  async function wayOf(submission: SubmissionReport, now: Temporal.Instant) {
    const { id, rows } = submission;
    const by = (await clock.ticking()) ? now : null;
    const [settled, held, progress] = await Promise.all([
      isSettled(db, id, by),
      isHeldBack(db, id, now),
      submissionProgress(db, id, by),
    ]);
    if (progress === null) throw new Problem(404, `There is no submission ${id} any more.`);
    return { settled, held, progress: progressInWords({ progress, rows, settled, held }) };
  }

  async function show(
    request: FastifyRequest<OneSubmission>,
    reply: FastifyReply,
    submission: SubmissionReport,
    error?: string,
  ) {
    const { id, organisation } = submission;
    const now = await clock.now();
    const [problems, names, way, changes, disputes] = await Promise.all([
      problemsOf(db, id),
      catalogueNames(db),
      wayOf(submission, now),
      submissionChanges(db, id, { limit: CHANGES_SHOWN + 1 }),
      listDisputes(db, { submission: id }),
    ]);
    const disputed = new Set(disputes.map((one) => `${one.metric} ${one.organisation} ${one.period}`));
    const address = addressWith(`/submissions/${id}`, {});
    const paged = pageOf(problems.length, { page: pageAsked(request.query.page), size: PROBLEMS_A_PAGE, address });
    const context = {
      submission,
      organisation: names.organisations.get(organisation) ?? organisation,
      problems: problems.slice(Math.max(0, paged.first - 1), paged.last),
      problemCount: problems.length,
      paged,
      template: templateInWords(submission, previews.templates),
      changes: changes.slice(0, CHANGES_SHOWN).map((change) => ({
        ...changeInWords(change, names),
        disputeAt: disputed.has(`${change.metric} ${change.organisation} ${change.period}`)
          ? null
          : disputeAt(request.caller, id, change),
      })),
      disputes: disputes.map((one) =>
        disputeInWords(one, {
          names,
          who: (email) => email,
          mayEnd: mayDispute(request.caller, one.organisation),
        }),
      ),
      moreChanges: changes.length > CHANGES_SHOWN,
      ...way,
      mayRelease: mayRelease(request.caller, organisation),
      maySignOff: maySignOff(request.caller, organisation),
      mayWithdraw: mayWithdraw(request.caller, organisation) && submission.withdrawn === null,
      came: request.query.came,
      reason: request.body?.reason,
      error,
    };
    return pages.show(request, reply, { template: "submission", status: error ? 400 : 200, form: true, context });
  }
};

/** Owner, executive, analyst or operator may release (contract, section 6). */
function mayRelease(caller: Caller, organisation: string): boolean {
  return mayAs(caller, organisation, "owner", "executive", "analyst");
}

/** Of people the executive alone signs, not even an operator in their stead; a key signs by the API, under its own name. */
function maySignOff(caller: Caller, organisation: string): boolean {
  const person = caller.kind === "person" || caller.kind === "operator" ? caller.person : null;
  return person !== null && sees(reachOf(person, "executive"), organisation);
}

/** Whoever submits for an organisation may take back what was sent in error; so may its executive. */
function mayWithdraw(caller: Caller, organisation: string): boolean {
  return mayAs(caller, organisation, "submitter", "executive");
}

function mayAs(caller: Caller, organisation: string, ...roles: readonly string[]): boolean {
  // A key on a page operates for the whole system: access.ts lets no other in.
  return caller.kind === "key" || sees(reachOfRoles(caller, ...roles), organisation);
}

/** Where the figure that a change brought is contested; null where it is not this caller's, or there is no figure. */
function disputeAt(caller: Caller, submission: number, change: SubmissionChange): string | null {
  const { metric, organisation, period, frequency, after } = change;
  if (after.value === null || !mayDispute(caller, organisation)) return null;
  const asked = new URLSearchParams({ metric, organisation, period: formatPeriod(period, frequency) });
  return `/submissions/${submission}/dispute?${asked.toString()}`;
}

function changeInWords(change: SubmissionChange, names: CatalogueNames) {
  const { metric, organisation, period, frequency, before, after, decisionBefore, decisionAfter } = change;
  const known = names.metrics.get(metric);
  const decision = (one: SubmissionChange["decisionAfter"]) => one && `${one.rag}, before ${TIERS[one.tier]}`;
  return {
    metric: known?.name ?? metric,
    organisation: names.organisations.get(organisation) ?? organisation,
    period: nameOfPeriod(period, frequency),
    before: figureInWords(before, known),
    after: figureInWords(after, known),
    decisionBefore: decision(decisionBefore) ?? "not decided",
    decisionAfter: decision(decisionAfter) ?? "not decided yet",
  };
}
