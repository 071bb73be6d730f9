import {
  CatalogueChanged,
  type CatalogueDraft,
  catalogueVersion,
  checkedAgain,
  dropCatalogueDraft,
  filesOfDraft,
  loadCatalogueRows,
  readCatalogueDraft,
} from "@signalbox/db";
import type { FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf } from "../../callers.ts";
import { checkFiles, readOver } from "../../catalogue/check-draft.ts";
import { type DraftOutcome, draftOutcome, type DraftProblem } from "../../catalogue/draft-outcome.ts";
import { pageAsked, pageOf } from "../../page-of.ts";
import { Problem } from "../../problem.ts";
import { formatAsked, sendTable, type TableOut } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";
import { differencesShown } from "./catalogue-differences.ts";
import { catalogueProblemsOut, differencesOut } from "./catalogue-out.ts";

const PROBLEMS_A_PAGE = 50;
const GONE =
  "There is nothing here to load: it was loaded or dropped before, or is more than a day old. Upload the files again.";

interface OneDraft {
  Params: { id: string };
  Querystring: { file?: unknown; page?: unknown; as?: unknown };
}

/** /catalogue/drafts/:id: what the check found of uploaded files; loading them, checking them again, dropping them. */
export const catalogueDraftPages: PagesOf = (app, { db, clock, queues, machineNow, previews }, pages) => {
  app.get<OneDraft>("/catalogue/drafts/:id", async (request, reply) => {
    const draft = await theDraft(request);
    const as = formatAsked(request.query.as);
    if (as !== null) return sendTable(reply, outOf(draft.outcome), as);
    const context = {
      draft,
      outcome: draft.outcome.kind,
      isStale: (await catalogueVersion(db)) !== draft.version,
      ...shownOf(draft, request.query),
    };
    return pages.show(request, reply, { template: "catalogue-draft", form: true, context });
  });

  app.post<OneDraft>("/catalogue/drafts/:id/check", async (request, reply) => {
    const draft = await theDraft(request);
    await checkAgain(request, draft);
    return reply.redirect(`/catalogue/drafts/${draft.id}`, 303);
  });

  app.post<OneDraft>("/catalogue/drafts/:id/load", async (request, reply) => {
    const draft = await theDraft(request);
    const page = `/catalogue/drafts/${draft.id}`;
    if (draft.outcome.kind !== "ready") return reply.redirect(page, 303);
    const sent = await filesOfDraft(db, draft.id);
    const { read } = await readOver({ db, previews }, sent);
    const by = { actor: nameOf(request.caller), now: await clock.now(), sent: new Set(sent.keys()) };
    const loaded =
      read.catalogue === null
        ? null
        : await loadCatalogueRows(db, read.catalogue, { ...by, onTopOf: draft.version }).catch(unlessChanged);
    // It says on its page what stands in the way now; what was shown before is not loaded by surprise.
    if (loaded === null || loaded.kind === "refused") return reply.redirect(page, 303);
    if (loaded.kind === "loaded") {
      void queues.ring("assess-series", {});
      void queues.ring("assess-organisations", {});
    }
    await dropCatalogueDraft(db, draft.id);
    return reply.redirect(`/catalogue?loaded=${loaded.kind}`, 303);
  });

  app.post<OneDraft>("/catalogue/drafts/:id/drop", async (request, reply) => {
    await dropCatalogueDraft(db, (await theDraft(request)).id);
    return reply.redirect("/catalogue?dropped", 303);
  });

  async function checkAgain(request: FastifyRequest, { id }: CatalogueDraft) {
    const sent = await filesOfDraft(db, id);
    const by = { actor: nameOf(request.caller), now: await clock.now(), sent: new Set(sent.keys()) };
    await checkedAgain(db, id, await checkFiles({ db, previews }, sent, by));
  }

  async function theDraft(request: FastifyRequest<OneDraft>) {
    const id = idOf(request.params.id);
    const madeBy = nameOf(request.caller);
    const draft = id === null ? null : await readCatalogueDraft(db, { id, madeBy }, machineNow());
    if (draft === null) throw new Problem(404, GONE);
    return { ...draft, outcome: draftOutcome.parse(draft.outcome) };
  }
};

/** What the check found, as a table to take away. */
function outOf(outcome: DraftOutcome): TableOut {
  if (outcome.kind === "problems" || outcome.kind === "refused") return catalogueProblemsOut(outcome.problems);
  return differencesOut("catalogue differences", outcome.kind === "ready" ? outcome.differences : []);
}

function unlessChanged(error: unknown): null {
  if (error instanceof CatalogueChanged) return null;
  throw error;
}

/** What a draft's page shows of its outcome, one page of it. */
function shownOf(
  { id, outcome, files }: { id: number; outcome: DraftOutcome; files: readonly string[] },
  query: { readonly file?: unknown; readonly page?: unknown },
) {
  const address = `/catalogue/drafts/${id}?`;
  if (outcome.kind === "unchanged") return {};
  if (outcome.kind === "ready") return { due: outcome.due, ...differencesShown(outcome.differences, query, address) };
  const { problems, total } = outcome;
  const paged = pageOf(problems.length, { page: pageAsked(query.page), size: PROBLEMS_A_PAGE, address });
  const shown = problems.slice(Math.max(0, paged.first - 1), paged.last);
  const counts = [...Map.groupBy(problems, ({ file }) => file)].map(([file, of]) => ({ file, count: of.length }));
  return {
    problems: shown.map((problem) => problemInWords(problem, files)),
    counts,
    total,
    notShown: total - problems.length,
    paged,
  };
}

/** A problem with its row as pairs, of which the one that is wrong is marked. */
export function problemInWords(problem: DraftProblem, sent: readonly string[]) {
  const { file, line, column, message, said, row } = problem;
  const wrong = column.trim().toLowerCase();
  return {
    file,
    line,
    column: column === "file" ? null : column,
    message,
    said,
    // The files that were not sent are checked as well: they may speak of what these no longer have.
    stands: !sent.includes(file),
    row: row
      .filter(([name, text]) => text.trim() !== "" || name === wrong)
      .map(([name, text]) => ({ name, text, isWrong: name === wrong })),
  };
}
