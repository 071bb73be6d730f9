import multipart from "@fastify/multipart";
import { type Action, addEvidence, evidenceOf, findAction, findEvidence, removeEvidence, sees } from "@signalbox/db";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { LARGEST_EVIDENCE, type ReadEvidence, readEvidenceFile, readEvidenceLink } from "../actions/evidence-file.ts";
import { sendEvidence } from "../actions/send-evidence.ts";
import { addressesOf } from "../acting.ts";
import { mayRate } from "../actions/who-may.ts";
import { nameOf, organisationsSeen, sightOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { evidenceShape, shownEvidence } from "./action-shapes.ts";
import { idOf, idParams, plainText } from "./query.ts";
import { listOf } from "./shapes.ts";

const tags = ["actions"];
const linkBody = z.object({ url: z.string().max(2000), name: plainText.max(120).default("") });

/** What proves that an action was done: links as JSON, files as multipart field `file`; files leave as downloads alone. */
export function evidence(parts: Parts): FastifyPluginAsyncZod {
  const { db, clock } = parts;
  return async (app) => {
    await app.register(multipart, { limits: { fileSize: LARGEST_EVIDENCE, files: 1, fields: 5, parts: 6 } });

    app.get(
      "/actions/:id/evidence",
      {
        schema: {
          tags,
          summary: "The evidence of an action",
          params: idParams,
          response: { 200: listOf(evidenceShape) },
        },
      },
      async (request) => {
        const action = await theAction(request);
        const held = await evidenceOf(db, [action.id]);
        return { items: held.filter(({ removedAt }) => removedAt === null).map(shownEvidence), next: null };
      },
    );

    app.post(
      "/actions/:id/evidence",
      {
        schema: {
          tags,
          summary: 'Add evidence: a link as JSON {"url","name"}, or a file as multipart field file',
          description:
            "At most 10 MB. A file is taken where its bytes are what its name says; it is never shown, only downloaded.",
          params: idParams,
          response: { 201: evidenceShape },
        },
      },
      async (request, reply) => {
        const action = await theAction(request);
        if (!mayAct(request, action)) throw new Problem(403, "Only who answers for this action adds evidence.");
        const read = request.isMultipart() ? await fileIn(request) : linkIn(request.body);
        if ("problem" in read) throw new Problem(422, `${read.problem}.`);
        const acting = { by: nameOf(request.caller), now: await clock.now() };
        const kept = await addEvidence(db, action.id, read.evidence, acting);
        if (kept.kind === "full")
          throw new Problem(409, "There is as much evidence as an action may hold: remove some.");
        const found = await findEvidence(db, kept.id);
        if (found === null) throw new Problem(404, `There is no evidence ${kept.id}.`);
        return reply.code(201).send(shownEvidence(found));
      },
    );

    app.post(
      "/evidence/:id/removal",
      {
        schema: {
          tags,
          summary: "Remove a piece of evidence: it is kept, and given to nobody any more",
          params: idParams,
          response: { 200: z.object({ id: z.string() }) },
        },
      },
      async (request) => {
        const id = idOf(request.params.id);
        const found = id === null ? null : await findEvidence(db, id);
        const action = found === null ? null : await findAction(db, found.action, await seenBy(request));
        const missing = new Problem(404, `There is no evidence ${request.params.id} that you may see.`);
        if (found === null || action === null) throw missing;
        if (!mayAct(request, action)) throw new Problem(403, "Only who answers for this action removes evidence.");
        const acting = { by: nameOf(request.caller), now: await clock.now() };
        if (!(await removeEvidence(db, found.id, acting))) throw missing;
        return { id: String(found.id) };
      },
    );

    app.get(
      "/evidence/:id/file",
      { schema: { tags, summary: "A file of evidence, as a download", params: idParams } },
      async (request, reply) =>
        sendEvidence({ db, reply, caller: request.caller, now: await clock.now() }, request.params.id),
    );

    async function seenBy(request: FastifyRequest) {
      return { sight: sightOf(request), me: addressesOf(request.caller), now: await clock.now() };
    }

    async function theAction(request: FastifyRequest): Promise<Action> {
      const { id: given } = request.params as { id: string };
      const id = idOf(given);
      const found = id === null ? null : await findAction(db, id, await seenBy(request));
      if (found === null) throw new Problem(404, `There is no action ${given} that you may see.`);
      return found;
    }

    function mayAct(request: FastifyRequest, action: Action): boolean {
      if (request.caller.kind === "key") return sees(organisationsSeen(request), action.organisation);
      return mayRate(request.caller, action);
    }
  };
}

function linkIn(body: unknown): ReadEvidence {
  const read = linkBody.safeParse(body);
  if (!read.success)
    throw new Problem(422, 'Send {"url": "https://…", "name": "…"}, or a file as multipart field file.');
  return readEvidenceLink(read.data.url, read.data.name);
}

async function fileIn(request: FastifyRequest): Promise<ReadEvidence> {
  const part = await request.file();
  if (part === undefined) return { problem: "There is no file: send one as multipart field file" };
  const bytes = await part.toBuffer().catch((error: Error & { statusCode?: number }) => {
    if (error.statusCode === 413) return null;
    throw error;
  });
  if (bytes === null) throw new Problem(413, "The file is larger than 10 MB. Send a smaller one, or a link to it.");
  return readEvidenceFile(part.filename, bytes);
}
