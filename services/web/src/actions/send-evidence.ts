import { evidenceFile, findAction, findEvidence } from "@signalbox/db";
import type { FastifyReply } from "fastify";
import { idOf } from "../api/query.ts";
import { type Caller, sightOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { attachmentHeader } from "./evidence-name.ts";
import { addressesOf } from "../acting.ts";

/**
 * Sends a file of evidence as a download, and never as a page: whatever is in it runs nowhere. Throws Problem 404 where there is
 * none that somebody may see.
 */
export async function sendEvidence(
  { db, reply, caller, now }: { db: Parts["db"]; reply: FastifyReply; caller: Caller; now: Temporal.Instant },
  given: string,
): Promise<FastifyReply> {
  const id = idOf(given);
  const found = id === null ? null : await findEvidence(db, id);
  const reader = { sight: sightOf({ caller }), me: addressesOf(caller), now };
  const seen = found === null ? null : await findAction(db, found.action, reader);
  const bytes = found === null || seen === null ? null : await evidenceFile(db, found.id);
  if (found === null || bytes === null) throw new Problem(404, `There is no file ${given} that you may see.`);
  return reply
    .header("content-disposition", attachmentHeader(found.name))
    .header("x-content-type-options", "nosniff")
    .header("content-security-policy", "sandbox; default-src 'none'")
    .header("cache-control", "private, no-store")
    .type(found.mediaType ?? "application/octet-stream")
    .send(bytes);
}
