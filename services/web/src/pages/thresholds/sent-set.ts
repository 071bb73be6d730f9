import type { FastifyRequest } from "fastify";

/** A set as its file or its pasted text came. */
export interface SentSet {
  readonly title: string;
  readonly text: string;
  readonly isTooLarge: boolean;
}

/** Reads the form with a file; the file counts where there is one, else what was pasted. */
export async function readSentSet(request: FastifyRequest): Promise<{ body: object; set: SentSet }> {
  if (!request.isMultipart()) return { body: {}, set: { title: "", text: "", isTooLarge: false } };
  const fields = new Map<string, string>();
  let file = "";
  let isTooLarge = false;
  for await (const part of request.parts()) {
    if (part.type === "field") {
      if (typeof part.value === "string") fields.set(part.fieldname, part.value.replaceAll("\0", ""));
      continue;
    }
    // Read as Windows spreadsheets save it where it is no UTF-8: the checks of the catalogue say what cannot be read.
    const pieces: Buffer[] = [];
    for await (const piece of part.file) pieces.push(piece as Buffer);
    isTooLarge ||= part.file.truncated;
    file = Buffer.concat(pieces).toString("utf8").replaceAll("\0", "");
  }
  const text = file === "" ? (fields.get("csv") ?? "") : file;
  return { body: { _csrf: fields.get("_csrf") }, set: { title: fields.get("title") ?? "", text, isTooLarge } };
}
