import {
  listSubmissions,
  problemsOf,
  readSubmission,
  readSubmissionFile,
  settledAmong,
  type SubmissionReport,
} from "@signalbox/db";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { organisationsSeen } from "../callers.ts";
import { csvOf } from "../csv.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { idAfter, idOf, idParams, pageById, paging } from "./query.ts";
import { listOf, submissionShape, submissionWithProblemsShape } from "./shapes.ts";

/** GET /submissions, /submissions/{id}, its problems as CSV and its bytes. */
export function submissionReports(parts: Parts): FastifyPluginAsyncZod {
  const { db, clock } = parts;
  const settled = async (ids: readonly number[]) =>
    settledAmong(db, ids, (await clock.ticking()) ? await clock.now() : null);

  return async (app) => {
    const tags = ["submissions"];
    app.get(
      "/submissions",
      {
        schema: {
          tags,
          summary: "Submissions, oldest first, without their problems",
          querystring: z.object({ ...paging, status: submissionShape.shape.status.optional() }),
          response: { 200: listOf(submissionShape) },
        },
      },
      async (request) => {
        const { limit, cursor, status } = request.query;
        const filter = { visible: organisationsSeen(request), status };
        const found = await listSubmissions(db, filter, { after: idAfter(cursor), limit: limit + 1 });
        const done = await settled(found.map(({ id }) => id));
        return pageById(found, limit, (one) => shown(one, done.has(one.id)));
      },
    );

    app.get(
      "/submissions/:id",
      {
        schema: {
          tags,
          summary: "One submission, its problems, and whether it is settled",
          params: idParams,
          response: { 200: submissionWithProblemsShape },
        },
      },
      async (request) => {
        const found = await visibleSubmission(parts, request);
        const [problems, done] = await Promise.all([problemsOf(db, found.id), settled([found.id])]);
        return { ...shown(found, done.has(found.id)), problems };
      },
    );

    app.get(
      "/submissions/:id/problems.csv",
      { schema: { tags, summary: "The problems of a submission as CSV", params: idParams } },
      async (request, reply) => {
        const { id } = await visibleSubmission(parts, request);
        const header = ["row", "column", "code", "message", "value", "severity"] as const;
        const rows = (await problemsOf(db, id)).map((problem) => header.map((name) => problem[name]));
        reply.header("content-disposition", `attachment; filename="submission-${id}-problems.csv"`);
        return reply.type("text/csv; charset=utf-8").send(csvOf([header, ...rows]));
      },
    );

    app.get(
      "/submissions/:id/file",
      { schema: { tags, summary: "The bytes of a submission as they came", params: idParams } },
      async (request, reply) => {
        const { id, filename, mediaType } = await visibleSubmission(parts, request);
        const bytes = await readSubmissionFile(db, id);
        if (bytes === null) throw new Problem(404, `The file of submission ${id} is no longer kept.`);
        reply.header(
          "content-disposition",
          `attachment; filename*=UTF-8''${encodeURIComponent(filename ?? `submission-${id}`)}`,
        );
        return reply.type(mediaType).send(bytes);
      },
    );
  };
}

/** The submission a path names; Problem 404 where there is none that this caller may see. */
export async function visibleSubmission(
  { db }: Pick<Parts, "db">,
  request: Parameters<typeof organisationsSeen>[0] & { params: { id: string } },
): Promise<SubmissionReport> {
  const id = idOf(request.params.id);
  const found = id === null ? null : await readSubmission(db, id, organisationsSeen(request));
  if (found === null) throw new Problem(404, `There is no submission ${request.params.id} that you may see.`);
  return found;
}

const beingRead = new Set(["received", "reading"]);

/** What is settled was looked up after the submission was read: it may have become so in between, and is not said to be. */
function shown(one: SubmissionReport, settled: boolean) {
  const { organisation, channel, submittedBy, filename, template, issued, sha256, status, rows, failure } = one;
  const released = one.released === null ? null : { at: one.released.at.toString(), by: one.released.by };
  const receivedAt = one.receivedAt.toString();
  const withdrawn = one.withdrawn && { ...one.withdrawn, at: one.withdrawn.at.toString() };
  return {
    id: String(one.id),
    organisation,
    channel,
    submittedBy,
    receivedAt,
    filename,
    template,
    issued,
    sha256,
    status,
    rows,
    released,
    signedOff: one.signedOff && { ...one.signedOff, at: one.signedOff.at.toString() },
    awaitsSignOff: one.unsignedFrom !== null,
    withdrawn,
    failure,
    settled: settled && !beingRead.has(status),
  };
}
