import multipart from "@fastify/multipart";
import { IdempotencyKeyReused, organisationExists, receiveSubmission, sees } from "@signalbox/db";
import { loadTemplates, MEDIA_TYPES, mediaTypeOf } from "@signalbox/formats";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { plainText } from "./query.ts";
import { receivedShape } from "./shapes.ts";

/** 50 MB, as the contract has it. */
export const LARGEST_FILE = 50_000_000;
const RAW: string[] = Object.values(MEDIA_TYPES);
const TAKEN = `Send ${RAW.join(", ")}, or multipart/form-data with the file in the field "file".`;
/** What browsers call a file whose type they do not know, or a CSV file. */
const UNSURE = new Set(["text/plain", "application/csv", "application/octet-stream"]);

const query = z.object({
  template: z
    .string()
    .regex(/^[\w.-]{1,100}$/, "is no template's name")
    .optional(),
  filename: plainText.optional(),
  issued: z.iso.date().optional(),
  organisation: plainText.optional().describe("For another organisation than the key's own; needs the scope operate"),
});

/** POST /submissions: keeps the file, answers 202, and rings the bell for reading it without waiting to be heard. */
export function receivingSubmissions({ db, queues, clock, config }: Parts): FastifyPluginAsyncZod {
  const knownTemplates = onceRead(async () => [...(await loadTemplates()).keys()].toSorted());
  return async (app) => {
    app.removeAllContentTypeParsers();
    const parser = { parseAs: "buffer", bodyLimit: LARGEST_FILE } as const;
    app.addContentTypeParser(RAW, parser, (_request, body, done) => done(null, body));
    await app.register(multipart, { limits: { fileSize: LARGEST_FILE, files: 1, fields: 10, parts: 12 } });

    app.post(
      "/submissions",
      {
        schema: {
          tags: ["submissions"],
          summary: "Submit a file",
          description: `${TAKEN} The same bytes again are answered with the first submission.`,
          consumes: [...RAW, "multipart/form-data"],
          querystring: query,
          headers: z.looseObject({ "idempotency-key": plainText.min(1).max(255).optional() }),
          response: { 202: receivedShape },
        },
      },
      async (request, reply) => {
        const { template, issued } = request.query;
        if (template !== undefined) refuseUnknown(template, await knownTemplates());
        const organisation = await organisationOf(request, request.query.organisation);
        const file = await fileOf(request);
        const received = await receiveSubmission(db, {
          organisation,
          channel: "api",
          submittedBy: nameOf(request.caller),
          filename: request.query.filename ?? file.filename,
          mediaType: file.mediaType,
          template: template ?? null,
          issued: issued ?? null,
          bytes: file.bytes,
          now: await clock.now(),
          idempotencyKey: request.headers["idempotency-key"] ?? null,
        }).catch((error: unknown) => {
          throw error instanceof IdempotencyKeyReused ? new Problem(422, error.message) : error;
        });
        const { id, status, duplicate } = received;
        if (status === "received") void queues.ring("read-submission", { submission: id });
        const url = `${config.baseUrl}/api/v1/submissions/${id}`;
        return reply
          .code(202)
          .header("location", url)
          .send({ id: String(id), status, duplicate, url });
      },
    );
  };

  /** The key's own organisation, or the one that a key which operates names. */
  async function organisationOf({ caller }: FastifyRequest, named: string | undefined): Promise<string> {
    if (caller.kind !== "key") throw new Problem(403, "Only the holder of a key submits.");
    const { organisation, scopes } = caller.key;
    if (named === undefined || named === organisation) return organisation;
    if (!scopes.includes("operate")) throw new Problem(403, "?organisation= needs a key with the scope operate.");
    if (!sees(caller.visible, named) || !(await organisationExists(db, named))) {
      throw new Problem(403, `There is no organisation ${named} that this key may submit for.`);
    }
    return named;
  }
}

function refuseUnknown(template: string, known: readonly string[]): void {
  if (known.includes(template)) return;
  const message = `There is no template ${JSON.stringify(template)}. Give one of ${known.join(", ")}, or none: then it is found from the file's content.`;
  throw new Problem(400, message);
}

/** Reads at the first call and keeps what was read; a reading that failed is tried again. */
function onceRead<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: T | undefined;
  return async () => (kept ??= await read());
}

interface SentFile {
  readonly bytes: Buffer;
  readonly filename: string | null;
  readonly mediaType: string;
}

async function fileOf(request: FastifyRequest): Promise<SentFile> {
  if ((request.headers["content-encoding"] ?? "identity") !== "identity") {
    throw new Problem(415, "Send the file as it is, without Content-Encoding.");
  }
  if (request.isMultipart()) return partOf(request);
  if (!Buffer.isBuffer(request.body)) throw new Problem(415, TAKEN);
  const mediaType = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return { bytes: request.body, filename: null, mediaType };
}

async function partOf(request: FastifyRequest): Promise<SentFile> {
  const part = await request.file();
  if (!part || part.fieldname !== "file") throw new Problem(400, 'There is no file in the field "file".');
  const bytes = await part.toBuffer();
  const filename = (part.filename as string | undefined)
    ?.replace(/^.*[\\/]/s, "")
    .replace(/\p{Cc}/gu, "")
    .slice(0, 300);
  const byName = mediaTypeOf(filename ?? "");
  if (byName === null && !RAW.includes(part.mimetype) && !UNSURE.has(part.mimetype)) throw new Problem(415, TAKEN);
  return { bytes, filename: filename || null, mediaType: byName ?? part.mimetype };
}
