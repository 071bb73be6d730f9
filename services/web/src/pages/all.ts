import formbody from "@fastify/formbody";
import type { FastifyInstance } from "fastify";
import { formFields } from "../form-fields.ts";
import type { Pages } from "../pages.ts";
import type { Parts } from "../parts.ts";
import { actionPages } from "./actions/actions.ts";
import { challengePages } from "./actions/challenge.ts";
import { answerPages } from "./answer/answer.ts";
import { accountPages } from "./sign-in/account.ts";
import { auditPages } from "./operations/audit.ts";
import { bouncePages } from "./operations/bounces.ts";
import { caseActPages } from "./case-acts/case-acts.ts";
import { actionPlanPages } from "./action-plans/action-plans.ts";
import { choicePages } from "./choices/choices.ts";
import { caseStepPages } from "./steps/case-steps.ts";
import { commentaryPages } from "./commentary/commentary.ts";
import { chartPng } from "./series/chart-png.ts";
import { cataloguePages } from "./catalogue/catalogue.ts";
import { catalogueDraftPages } from "./catalogue/catalogue-draft.ts";
import { catalogueUploadPages } from "./catalogue/catalogue-upload.ts";
import { catalogueVersionPages } from "./catalogue/catalogue-versions.ts";
import { calendarPages } from "./calendar.ts";
import { disputePages } from "./disputes/disputes.ts";
import { escalationPages } from "./cases/escalations.ts";
import { followUpPages } from "./follow-up/follow-up.ts";
import { home } from "./home/home.ts";
import { investmentPages } from "./investment/investment.ts";
import { mailPages } from "./mail/mail.ts";
import { meetingPages } from "./meetings/meetings.ts";
import { operations } from "./operations/operations.ts";
import { receivedPages } from "./submissions/received.ts";
import { returnPages } from "./returns/returns.ts";
import { riskPages } from "./risks/risks.ts";
import { scorecardPages } from "./scorecards/scorecards.ts";
import { seriesPages } from "./series/series.ts";
import { signIn } from "./sign-in/sign-in.ts";
import { oidcPages } from "./sign-in/sign-in-oidc.ts";
import { submissionPages } from "./submissions/submissions.ts";
import { previewPages } from "./submissions/preview.ts";
import { thresholdPages } from "./thresholds/thresholds.ts";
import { typingPages } from "./submissions/typing.ts";
import { uploadPages } from "./submissions/upload.ts";

/** One set of pages: adds its routes to a scope in which forms are read and checked. */
export type PagesOf = (app: FastifyInstance, parts: Parts, pages: Pages) => void | Promise<void>;

const every: readonly PagesOf[] = [
  home,
  signIn,
  answerPages,
  oidcPages,
  accountPages,
  auditPages,
  operations,
  bouncePages,
  calendarPages,
  escalationPages,
  choicePages,
  commentaryPages,
  actionPlanPages,
  caseActPages,
  disputePages,
  caseStepPages,
  actionPages,
  challengePages,
  seriesPages,
  chartPng,
  meetingPages,
  scorecardPages,
  returnPages,
  receivedPages,
  submissionPages,
  uploadPages,
  riskPages,
  investmentPages,
  followUpPages,
  thresholdPages,
  typingPages,
  previewPages,
  cataloguePages,
  catalogueUploadPages,
  catalogueDraftPages,
  catalogueVersionPages,
  mailPages,
];

/** The pages that people read; a form is taken only with the token that its page carried. */
export async function pagesForPeople(app: FastifyInstance, parts: Parts, pages: Pages): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: 256 * 1024, parser: formFields });
    // Whoever holds a key sends it themselves; a browser sends its cookie along with anybody's form.
    scope.addHook("preValidation", (request, reply, done) => {
      const { method, caller, routeOptions } = request;
      if (method === "GET" || method === "HEAD" || caller.kind === "key" || routeOptions.config.ownToken) return done();
      return scope.csrfProtection(request, reply, done);
    });
    for (const add of every) await add(scope, parts, pages);
  });
}
