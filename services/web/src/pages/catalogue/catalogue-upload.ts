import multipart from "@fastify/multipart";
import { keepCatalogueDraft } from "@signalbox/db";
import type { FastifyReply, FastifyRequest } from "fastify";
import { nameOf } from "../../callers.ts";
import { checkFiles } from "../../catalogue/check-draft.ts";
import { filesIn, type SentFile } from "../../catalogue/sent-files.ts";
import { plainFilename } from "../../filename.ts";
import { Problem } from "../../problem.ts";
import type { PagesOf } from "../all.ts";
import { FILES_IN_WORDS } from "./catalogue-words.ts";

const LARGEST_FILE = 50_000_000;
const LARGEST_UPLOAD = 100_000_000;
const MOST_FILES = 20;
const TOO_LARGE = "The files are larger than 50 MB each or 100 MB together. Send fewer at once, or a zip archive";

interface SentForm {
  readonly token: string;
  /** Null where they are too large or too many. */
  readonly files: readonly SentFile[] | null;
}

/** /catalogue/upload: files are sent, checked over what stands, and kept as a draft; nothing is loaded by it. */
export const catalogueUploadPages: PagesOf = async (app, { db, clock, machineNow, previews }, pages) => {
  app.get("/catalogue/upload", async (request, reply) => show(request, reply));

  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: { fileSize: LARGEST_FILE, files: MOST_FILES, fields: 5, parts: MOST_FILES + 6 },
    });
    const sent = new WeakMap<FastifyRequest, SentForm>();
    scope.addHook("preValidation", async (request) => {
      const form = await readForm(request);
      request.body = { _csrf: form.token };
      sent.set(request, form);
    });
    scope.addHook("preValidation", (request, reply, done) => {
      // Whoever holds a key sends it themselves; a browser sends its cookie along with anybody's form.
      return request.caller.kind === "key" ? done() : scope.csrfProtection(request, reply, done);
    });

    scope.post("/catalogue/upload", { config: { ownToken: true } }, async (request, reply) => {
      const files = sent.get(request)?.files ?? null;
      if (files === null) return show(request, reply, TOO_LARGE);
      if (files.length === 0) return show(request, reply, "Choose one file or more");
      const found = await filesIn(files);
      if ("fault" in found) return show(request, reply, found.fault);
      const actor = nameOf(request.caller);
      const checked = await checkFiles({ db, previews }, found.files, {
        actor,
        now: await clock.now(),
        sent: new Set(found.files.keys()),
      });
      const draft = await keepCatalogueDraft(db, { madeBy: actor, files: found.files, ...checked }, machineNow());
      return reply.redirect(`/catalogue/drafts/${draft}`, 303);
    });
  });

  function show(request: FastifyRequest, reply: FastifyReply, error?: string) {
    const files = Object.entries(FILES_IN_WORDS).map(([file, words]) => ({ file, ...words }));
    const context = { files, error: error && { text: error, href: "#files" } };
    return pages.show(request, reply, {
      template: "catalogue-upload",
      status: error === undefined ? 200 : 400,
      form: true,
      context,
    });
  }
};

/** Reads the form's token and its files; a browser that sends no file sends one without a name and without bytes. */
async function readForm(request: FastifyRequest): Promise<SentForm> {
  if (!request.isMultipart()) throw new Problem(415, "Send the form of the page /catalogue/upload.");
  let token = "";
  let size = 0;
  const files: SentFile[] = [];
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        if (part.fieldname === "_csrf" && typeof part.value === "string") token = part.value;
        continue;
      }
      const bytes = await part.toBuffer();
      size += bytes.length;
      const filename = plainFilename(part.filename);
      if (size > LARGEST_UPLOAD) return { token, files: null };
      if (filename !== null) files.push({ filename, bytes });
    }
  } catch (error) {
    if (error instanceof Error && "statusCode" in error && error.statusCode === 413) return { token, files: null };
    throw error;
  }
  return { token, files };
}
