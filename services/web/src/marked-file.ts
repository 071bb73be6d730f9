import { problemsOf, readSubmissionFile, type SubmissionReport } from "@signalbox/db";
import { markInWorker } from "@signalbox/formats/marked-file/mark-in-worker";
import { MEDIA_TYPES } from "@signalbox/formats";
import type { FastifyReply } from "fastify";
import type { Parts } from "./parts.ts";
import { Problem } from "./problem.ts";

/** How a submitter may have their file back. */
export const MARKED_FORMATS = ["csv", "xlsx"] as const;
export type MarkedFormat = (typeof MARKED_FORMATS)[number];

/** Answers with the file of a submission in which a column says what is wrong with each row. */
export async function sendMarked(
  { db, previews }: Pick<Parts, "db" | "previews">,
  reply: FastifyReply,
  { submission, format }: { submission: SubmissionReport; format: MarkedFormat },
): Promise<FastifyReply> {
  const { id, filename, mediaType, template } = submission;
  const [bytes, problems] = await Promise.all([readSubmissionFile(db, id), problemsOf(db, id)]);
  if (bytes === null) throw new Problem(404, `The file of submission ${id} is no longer kept.`);
  // Which of its sheets was read is found by reading it again.
  const { sheet = null } = await previews.read({ bytes, filename, mediaType, template });
  const name = `${(filename ?? `submission-${id}`).replace(/\.\w{1,5}$/, "")}-marked.${format}`;
  reply.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  reply.type(format === "csv" ? "text/csv; charset=utf-8" : MEDIA_TYPES[".xlsx"]);
  return reply.send(markInWorker({ bytes, mediaType, problems, sheet, format }));
}
