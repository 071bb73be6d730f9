import type { FastifyRequest } from "fastify";

/** A register as its file or its pasted text came; `bytes` null where no file did. */
export interface SentRegister {
  readonly text: string;
  readonly bytes: Buffer | null;
  readonly isTooLarge: boolean;
}

/** Reads the form with a file; the file counts where there is one, else what was pasted. */
export async function readSentRegister(request: FastifyRequest): Promise<{ body: object; register: SentRegister }> {
  if (!request.isMultipart()) return { body: {}, register: { text: "", bytes: null, isTooLarge: false } };
  const fields = new Map<string, string>();
  let bytes: Buffer | null = null;
  let isTooLarge = false;
  for await (const part of request.parts()) {
    if (part.type === "field") {
      if (typeof part.value === "string") fields.set(part.fieldname, part.value.replaceAll("\0", ""));
      continue;
    }
    const pieces: Buffer[] = [];
    for await (const piece of part.file) pieces.push(piece as Buffer);
    isTooLarge ||= part.file.truncated;
    const all = Buffer.concat(pieces);
    if (all.length > 0) bytes = all;
  }
  return { body: { _csrf: fields.get("_csrf") }, register: { text: fields.get("csv") ?? "", bytes, isTooLarge } };
}
