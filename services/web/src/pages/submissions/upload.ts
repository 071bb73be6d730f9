import multipart from "@fastify/multipart";
import { keepDraft } from "@signalbox/db";
import { MEDIA_TYPES, mediaTypeOf } from "@signalbox/formats";
import type { FastifyReply, FastifyRequest } from "fastify";
import { LARGEST_FILE } from "../../api/receive-submission.ts";
import { nameOf } from "../../callers.ts";
import { plainFilename } from "../../filename.ts";
import { Problem } from "../../problem.ts";
import { organisationsToSubmitFor } from "./own-organisations.ts";
import type { PagesOf } from "../all.ts";

/** What the form says beside the file; fields come before it. */
interface Chosen {
  readonly organisation: string;
  readonly template: string;
}

interface SentForm extends Chosen {
  readonly filename: string | null;
  readonly bytes: Buffer | null;
}

const ENDS = Object.keys(MEDIA_TYPES).join();
const NO_FILE = "Choose a file";
const TOO_LARGE = "The file is larger than 50 MB. Split it by period and upload the parts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** True where the page itself looks after the token: it stands in a multipart form, which is not read ahead. */
    ownToken?: boolean;
  }
}

/** /submissions/upload: a file is sent, kept as a draft, and shown before it counts. */
export const uploadPages: PagesOf = async (app, { db, machineNow, previews }, pages) => {
  app.get<{ Querystring: { organisation?: unknown; dropped?: unknown } }>(
    "/submissions/upload",
    async (request, reply) => {
      const { organisation } = request.query;
      return show(request, reply, { organisation: typeof organisation === "string" ? organisation : "", template: "" });
    },
  );

  await app.register(async (scope) => {
    await scope.register(multipart, { limits: { fileSize: LARGEST_FILE, files: 1, fields: 10, parts: 12 } });
    const sent = new WeakMap<FastifyRequest, SentForm>();
    scope.addHook("preValidation", async (request) => {
      const { body, form } = await readForm(request);
      request.body = body;
      sent.set(request, form);
    });
    scope.addHook("preValidation", scope.csrfProtection);

    scope.post("/submissions/upload", { config: { ownToken: true } }, async (request, reply) => {
      const form = sent.get(request);
      if (form === undefined) throw new Problem(400, "There is no form in this request.");
      const known = await organisationsToSubmitFor(db, previews, request.caller);
      if (!known.some(({ code }) => code === form.organisation)) {
        return show(request, reply, form, {
          text: "Choose the organisation that the figures are of",
          href: "#organisation",
        });
      }
      if (form.template !== "" && !previews.templates.has(form.template)) {
        return show(request, reply, form, { text: "Choose a template from the list", href: "#template" });
      }
      if (form.bytes === null) return show(request, reply, form, { text: TOO_LARGE, href: "#file" });
      if (form.bytes.length === 0 && form.filename === null) {
        return show(request, reply, form, { text: NO_FILE, href: "#file" });
      }
      const draft = await keepDraft(
        db,
        {
          madeBy: nameOf(request.caller),
          organisation: form.organisation,
          filename: form.filename,
          mediaType: mediaTypeOf(form.filename ?? "") ?? "text/csv",
          template: form.template || null,
          bytes: form.bytes,
          typed: null,
        },
        machineNow(),
      );
      return reply.redirect(`/submissions/upload/${draft}`, 303);
    });
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    chosen: Chosen,
    error?: { text: string; href: string },
  ) {
    const organisations = await organisationsToSubmitFor(db, previews, request.caller);
    const templates = [...previews.templates.values()].map(({ name, title }) => ({ name, title }));
    const dropped = "dropped" in (request.query as object);
    // Whoever submits for one organisation and what is below it has one answer to give: the file may hold all of those.
    const [first, next] = organisations;
    const preselected = first !== undefined && (next === undefined || next.isBelow) ? first.code : "";
    const organisation = chosen.organisation || preselected;
    const context = { organisations, templates, chosen: { ...chosen, organisation }, error, dropped, ends: ENDS };
    return pages.show(request, reply, { template: "upload", status: error ? 400 : 200, form: true, context });
  }
};

/** Reads a multipart form: its token, what was chosen, and the file; no bytes where it is too large. */
async function readForm(request: FastifyRequest): Promise<{ body: { _csrf: string }; form: SentForm }> {
  if (!request.isMultipart()) throw new Problem(415, "Send the form of the page /submissions/upload.");
  const part = await request.file();
  const fields = part?.fields ?? {};
  const text = (name: string) => {
    const field = fields[name];
    return field !== undefined && "value" in field && typeof field.value === "string" ? field.value : "";
  };
  const chosen = { organisation: text("organisation"), template: text("template") };
  const bytes = part === undefined ? Buffer.alloc(0) : await part.toBuffer().catch(unlessTooLarge);
  const filename = plainFilename(part?.filename);
  return { body: { _csrf: text("_csrf") }, form: { ...chosen, filename, bytes } };
}

function unlessTooLarge(error: Error & { statusCode?: number }): null {
  if (error.statusCode === 413) return null;
  throw error;
}
