import { catalogueNames, isSettled, problemsOf, readSubmission, releaseSubmission } from "@signalbox/db";
import { idOf } from "../api/query.ts";
import { nameOf, sightOf } from "../callers.ts";
import { Problem } from "../problem.ts";
import type { PagesOf } from "./all.ts";

const SHOWN = 500;

/** /submissions/:id: what a file brought, and what was wrong with it. */
export const submissionPages: PagesOf = (app, { db, clock, queues }, pages) => {
  app.get<{ Params: { id: string } }>("/submissions/:id", async (request, reply) => {
    const id = idOf(request.params.id);
    const submission = id === null ? null : await readSubmission(db, id, sightOf(request));
    if (submission === null) throw new Problem(404, `There is no submission ${request.params.id}.`);
    const [problems, names, settled] = await Promise.all([
      problemsOf(db, submission.id),
      catalogueNames(db),
      isSettled(db, submission.id, (await clock.ticking()) ? await clock.now() : null),
    ]);
    const organisation = names.organisations.get(submission.organisation) ?? submission.organisation;
    const shown = problems.slice(0, SHOWN);
    const context = { submission, organisation, problems: shown, problemCount: problems.length, settled };
    return pages.show(request, reply, { template: "submission", form: true, context });
  });

  app.post<{ Params: { id: string } }>("/submissions/:id/release", async (request, reply) => {
    const id = idOf(request.params.id);
    const released = id && (await releaseSubmission(db, id, nameOf(request.caller), await clock.now()));
    if (!released) throw new Problem(404, `There is no submission ${request.params.id}.`);
    void queues.ring("tell", {});
    return reply.redirect(`/submissions/${id}`, 303);
  });
};
