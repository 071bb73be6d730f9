import multipart from "@fastify/multipart";
import { addEvidence, findEvidence, MOST_EVIDENCE, removeEvidence } from "@signalbox/db";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  LARGEST_EVIDENCE,
  type ReadEvidence,
  readEvidenceFile,
  readEvidenceLink,
} from "../../actions/evidence-file.ts";
import { sendEvidence } from "../../actions/send-evidence.ts";
import { mayRate } from "../../actions/who-may.ts";
import { idOf } from "../../api/query.ts";
import type { Parts } from "../../parts.ts";
import { Problem } from "../../problem.ts";
import { type ActionRoutes, MAY_NOT_RATE, textIn } from "./actions.ts";
import { saying } from "../../what-was-done.ts";

const FULL = `There are ${MOST_EVIDENCE} already: remove one that is not needed any more`;

interface SentFile {
  readonly filename: string | undefined;
  /** Null where it is too large. */
  readonly bytes: Buffer | null;
}

/** What proves that an action was done: links, and files that are given out as downloads alone. */
export async function evidencePages(
  app: FastifyInstance,
  { db, clock }: Parts,
  { theAction, show, acting }: ActionRoutes,
): Promise<void> {
  app.post<{ Params: { id: string }; Body: Readonly<Record<string, unknown>> | null }>(
    "/actions/:id/links",
    async (request, reply) => {
      const typed = { url: textIn(request.body, "url"), name: textIn(request.body, "name") };
      return keep(request, reply, { form: "link", field: "url", typed, read: readEvidenceLink(typed.url, typed.name) });
    },
  );

  app.post<{ Params: { id: string; evidence: string } }>(
    "/actions/:id/evidence/:evidence/removal",
    async (request, reply) => {
      const action = await theAction(request);
      if (!mayRate(request.caller, action)) throw new Problem(403, MAY_NOT_RATE);
      const id = idOf(request.params.evidence);
      const found = id === null ? null : await findEvidence(db, id);
      if (found === null || found.action !== action.id || !(await removeEvidence(db, found.id, await acting(request))))
        throw new Problem(404, `There is no evidence ${request.params.evidence} of this action.`);
      return reply.redirect(saying(`/actions/${action.id}`, "evidence-removed"), 303);
    },
  );

  app.get<{ Params: { id: string } }>("/evidence/:id/file", async (request, reply) => {
    const { caller } = request;
    return sendEvidence({ db, reply, caller, now: await clock.now() }, request.params.id);
  });

  await app.register(async (scope) => {
    await scope.register(multipart, { limits: { fileSize: LARGEST_EVIDENCE, files: 1, fields: 5, parts: 6 } });
    const sent = new WeakMap<FastifyRequest, SentFile>();
    scope.addHook("preValidation", async (request) => {
      if (!request.isMultipart()) throw new Problem(415, "Send the form of the action's page, with a file.");
      const part = await request.file();
      const bytes = part === undefined ? Buffer.alloc(0) : await part.toBuffer().catch(unlessTooLarge);
      const token = part?.fields["_csrf"];
      request.body = { _csrf: token !== undefined && "value" in token ? token.value : "" };
      sent.set(request, { filename: part?.filename, bytes });
    });
    scope.addHook("preValidation", (request, reply, done) =>
      request.caller.kind === "key" ? done() : scope.csrfProtection(request, reply, done),
    );
    scope.post<{ Params: { id: string } }>(
      "/actions/:id/evidence",
      { config: { ownToken: true } },
      async (request, reply) => {
        const { filename, bytes } = sent.get(request) ?? { filename: undefined, bytes: Buffer.alloc(0) };
        const read = await readSent(filename, bytes);
        return keep(request, reply, { form: "file", field: "file", typed: {}, read });
      },
    );
  });

  async function keep(
    request: FastifyRequest,
    reply: FastifyReply,
    {
      form,
      field,
      typed,
      read,
    }: { form: "link" | "file"; field: string; typed: Readonly<Record<string, string>>; read: ReadEvidence },
  ): Promise<FastifyReply> {
    const action = await theAction(request);
    if (!mayRate(request.caller, action)) throw new Problem(403, MAY_NOT_RATE);
    const back = (message: string) => show(request, reply, action, { form, typed, faults: [{ field, message }] });
    if ("problem" in read) return back(read.problem);
    const kept = await addEvidence(db, action.id, read.evidence, await acting(request));
    return kept.kind === "full" ? back(FULL) : reply.redirect(saying(`/actions/${action.id}`, "evidence-added"), 303);
  }
}

async function readSent(filename: string | undefined, bytes: Buffer | null): Promise<ReadEvidence> {
  if (bytes === null) return { problem: "The file is larger than 10 MB. Send a smaller one, or a link to it" };
  if ((filename ?? "") === "" && bytes.length === 0) return { problem: "Choose a file" };
  return readEvidenceFile(filename, bytes);
}

function unlessTooLarge(error: Error & { statusCode?: number }): null {
  if (error.statusCode === 413) return null;
  throw error;
}
