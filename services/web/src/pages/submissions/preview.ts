import { cameBefore, dropDraft, readDraft, receiveSubmission, sees, type UploadDraft } from "@signalbox/db";
import { nameOfPeriod } from "@signalbox/domain";
import type { FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf, submitsFor } from "../../callers.ts";
import { csvOf } from "../../csv.ts";
import { figureInWords } from "../../figure-words.ts";
import { limitInWords } from "@signalbox/explain/limit-words";
import type { Previewed } from "../../preview.ts";
import { pageAsked, pageOf } from "../../page-of.ts";
import { Problem } from "../../problem.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";
import { changesOut } from "./preview-out.ts";

const PROBLEMS_A_PAGE = 100;
const FATES = { changed: "Changed", new: "New", older: "Older than what holds: kept, and does not count" } as const;

interface OneDraft {
  Params: { id: string };
  Querystring: { as?: unknown; page?: unknown };
}

/** /submissions/upload/:id: what a draft would change, its confirmation, and dropping it. */
export const previewPages: PagesOf = (app, { db, clock, queues, machineNow, previews }, pages) => {
  app.get<OneDraft>("/submissions/upload/:id", async (request, reply) => {
    const draft = await theDraft(request);
    const previewed = await previews.of(draft);
    const { problems, status, rows, changes, catalogue } = previewed;
    const as = formatAsked(request.query.as);
    if (as !== null) return sendTable(reply, changesOut(changesInWords(previewed)), as);
    const paged = pageOf(problems.length, {
      page: pageAsked(request.query.page),
      size: PROBLEMS_A_PAGE,
      address: `/submissions/upload/${draft.id}?`,
    });
    const context = {
      draft: { id: draft.id, filename: draft.filename, template: draft.template, isTyped: draft.typed !== null },
      organisation: catalogue?.organisations.get(draft.organisation)?.name ?? draft.organisation,
      status,
      read: rows.read,
      refused: rows.refused,
      repeated: rows.repeated,
      counts: changes.counts,
      problems: problems.slice(Math.max(0, paged.first - 1), paged.last),
      paged,
      problemCount: problems.length,
      // Beside a later page of problems the changes would only make the page long: they stand on the first.
      changes: paged.page === 1 ? changesInWords(previewed) : [],
      changesElsewhere: paged.page > 1,
      changeCount: changes.counts.changed + changes.counts.new + changes.counts.older,
    };
    return pages.show(request, reply, { template: "preview", form: true, context });
  });

  app.get<OneDraft>("/submissions/upload/:id/problems.csv", async (request, reply) => {
    const { problems } = await previews.of(await theDraft(request));
    const header = ["row", "column", "code", "message", "value", "severity"] as const;
    const rows = problems.map((problem) => header.map((name) => problem[name]));
    reply.header("content-disposition", 'attachment; filename="problems.csv"');
    return reply.type("text/csv; charset=utf-8").send(csvOf([header, ...rows]));
  });

  app.post<OneDraft>("/submissions/upload/:id/confirm", async (request, reply) => {
    const draft = await theDraft(request);
    const { organisation, filename, mediaType, template, bytes } = draft;
    const by = nameOf(request.caller);
    const file = { organisation, filename, mediaType, template, bytes, submittedBy: by, channel: "web" } as const;
    const changesNothing = (await cameBefore(db, draft)) && isRepetition(await previews.of(draft));
    const received = await receiveSubmission(db, { ...file, issued: null, now: await clock.now(), changesNothing });
    if (received.status === "received") void queues.ring("read-submission", { submission: received.id });
    await dropDraft(db, draft.id, by);
    return reply.redirect(`/submissions/${received.id}?${received.duplicate ? "came=before" : "came=now"}`, 303);
  });

  app.post<OneDraft>("/submissions/upload/:id/drop", async (request, reply) => {
    const draft = await theDraft(request);
    await dropDraft(db, draft.id, nameOf(request.caller));
    return reply.redirect("/submissions/upload?dropped", 303);
  });

  async function theDraft(request: FastifyRequest<OneDraft>): Promise<UploadDraft> {
    const id = idOf(request.params.id);
    const draft = id === null ? null : await readDraft(db, id, nameOf(request.caller), machineNow());
    if (draft === null || !sees(submitsFor(request.caller), draft.organisation)) {
      throw new Problem(
        404,
        "There is nothing here to confirm: it was confirmed or dropped before, or is more than a day old. Upload the file again.",
      );
    }
    return draft;
  }
};

/** Whether all that counts of a file holds already. */
function isRepetition({ changes: { counts } }: Previewed): boolean {
  return counts.changed === 0 && counts.new === 0;
}

function changesInWords({ changes, catalogue }: Previewed) {
  return changes.rows.map(({ metric, organisation, period, frequency, fate, before, after, row }) => {
    const known = catalogue?.metrics.get(metric);
    return {
      row,
      metric: known?.name ?? metric,
      organisation: catalogue?.organisations.get(organisation)?.name ?? organisation,
      period: nameOfPeriod(period, frequency),
      before: figureInWords(before, known),
      after: figureInWords(after, known),
      limit: catalogue === null ? "none" : limitInWords(catalogue, { metric, organisation, period }),
      fate: fate === "unchanged" ? "" : FATES[fate],
    };
  });
}
