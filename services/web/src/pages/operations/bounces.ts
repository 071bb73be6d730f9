import multipart from "@fastify/multipart";
import { clearBounce, listBounces } from "@signalbox/db";
import type { FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { type SentReport, saidInFiles } from "../../bounces/sent-reports.ts";
import { type NotTaken, takeBounces } from "../../bounces/take-bounces.ts";
import { nameOf } from "../../callers.ts";
import { plainFilename } from "../../filename.ts";
import { Problem } from "../../problem.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";

const LARGEST_FILE = 1_000_000;
const MOST_FILES = 50;
const SHOWN = 200;
const TOO_LARGE = `Send at most ${MOST_FILES} files of at most 1 MB each`;

interface SentForm {
  readonly token: string;
  /** Null where they are too large or too many. */
  readonly files: readonly SentReport[] | null;
}

/** What the page says of the last thing done. */
interface Outcome {
  readonly done?: string;
  readonly notTaken?: readonly NotTaken[];
  readonly error?: string;
}

/** /operations/bounces: which addresses refuse mail, reports of more of them, and what is mended. */
export const bouncePages: PagesOf = async (app, { db, clock, queues }, pages) => {
  app.get<{ Querystring: { as?: unknown; mended?: unknown } }>("/operations/bounces", async (request, reply) => {
    const as = formatAsked(request.query.as);
    if (as !== null) {
      const rows = (await listBounces(db, null)).map((one) => ({ ...one, at: one.at.toString() }));
      const columns = ["id", "address", "name", "foundBy", "said", "at"].map((key) => ({ key, title: key }));
      return sendTable(reply, { name: "addresses that refuse mail", columns, rows }, as);
    }
    const done = "mended" in request.query ? { done: "The address is written to again." } : {};
    return show(request, reply, done);
  });

  app.post<{ Params: { id: string } }>("/operations/bounces/:id/clear", async (request, reply) => {
    const id = idOf(request.params.id);
    const by = { actor: nameOf(request.caller), now: await clock.now() };
    if (id === null || !(await clearBounce(db, id, by)))
      throw new Problem(
        404,
        "This address is not known to refuse mail: somebody may have said already that it is mended.",
      );
    return reply.redirect("/operations/bounces?mended", 303);
  });

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

    scope.post("/operations/bounces", { config: { ownToken: true } }, async (request, reply) => {
      const files = sent.get(request)?.files ?? null;
      if (files === null) return show(request, reply, { error: TOO_LARGE });
      if (files.length === 0) return show(request, reply, { error: "Choose one file or more" });
      const { said, notTaken } = await saidInFiles(files);
      const taken = await takeBounces(db, said, { actor: nameOf(request.caller), now: await clock.now() });
      if (taken.recorded.length > 0) void queues.ring("tell", {});
      return show(request, reply, { done: inWords(taken.recorded.length), notTaken: [...notTaken, ...taken.notTaken] });
    });
  });

  async function show(request: FastifyRequest, reply: FastifyReply, { done, notTaken = [], error }: Outcome) {
    const bounces = await listBounces(db, SHOWN);
    const context = {
      bounces,
      isAll: bounces.length < SHOWN,
      done,
      notTaken: notTaken.slice(0, SHOWN),
      more: Math.max(0, notTaken.length - SHOWN),
      error: error && { text: error, href: "#files" },
    };
    const status = error === undefined ? 200 : 400;
    return pages.show(request, reply, { template: "bounces", status, form: true, context });
  }
};

function inWords(recorded: number): string {
  if (recorded === 0) return "The files were read. No new address refuses mail.";
  return recorded === 1
    ? "One address more is known to refuse mail."
    : `${recorded.toLocaleString("en-GB")} addresses more are known to refuse mail.`;
}

/** Reads the form's token and its files; a browser that sends no file sends one without a name and without bytes. */
async function readForm(request: FastifyRequest): Promise<SentForm> {
  if (!request.isMultipart()) throw new Problem(415, "Send the form of the page /operations/bounces.");
  let token = "";
  const files: SentReport[] = [];
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        if (part.fieldname === "_csrf" && typeof part.value === "string") token = part.value;
        continue;
      }
      const bytes = await part.toBuffer();
      if (part.filename !== "" || bytes.length > 0)
        files.push({ filename: plainFilename(part.filename) ?? "a file without a name", bytes });
    }
  } catch (error) {
    if (!(error instanceof Error) || !("statusCode" in error) || error.statusCode !== 413) throw error;
    // The token comes first, before what was too large.
    return { token, files: null };
  }
  return { token, files };
}
