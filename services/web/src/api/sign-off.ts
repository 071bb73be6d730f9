import { signOffSubmission } from "@signalbox/db";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { idParams } from "./query.ts";
import { visibleSubmission } from "./submissions.ts";

/**
 * POST /submissions/{id}/sign-off: the figures are stood by, and leaders hear of them. A person signs on the page, and only as
 * executive; a key that operates acts for its organisation, as it does for release, and the signature bears the key's name.
 */
export function signingOff({ db, queues, clock }: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/submissions/:id/sign-off",
      {
        schema: {
          tags: ["operate"],
          summary: "Sign a submission off: what it decided is released when its preview ends",
          description:
            "For a system of the organisation in which its executive has signed. Needs a key with the scope operate that sees the submission, as release does; the key acts for the organisation, and signedOff.by bears its name (key NAME). On the page of the submission the executive alone signs.",
          params: idParams,
          response: { 200: z.object({ id: z.string(), signedOffAt: z.iso.datetime(), signedOffBy: z.string() }) },
        },
      },
      async (request) => {
        const { id } = await visibleSubmission({ db }, request);
        const now = await clock.now();
        const by = nameOf(request.caller);
        const signed = await db.transaction().execute((trx) => signOffSubmission(trx, id, by, now));
        if (signed === null) throw new Problem(404, `There is no submission ${id}.`);
        if (signed.kind !== "signed") throw new Problem(409, whyNot(id, signed.kind));
        void queues.ring("tell", {});
        return { id: String(id), signedOffAt: signed.at.toString(), signedOffBy: signed.by };
      },
    );
  };
}

/** Why a submission cannot be signed off, for a person. */
export function whyNot(id: number, kind: "not-asked" | "withdrawn"): string {
  if (kind === "withdrawn") return `Submission ${id} was withdrawn: nothing of it counts, so there is nothing to sign.`;
  return `Submission ${id} waits for no signature: the catalogue asks for none (sign_off in organisations.csv), it is not read yet, or nothing of it was accepted.`;
}
