import { signOffSubmission } from "@signalbox/db";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { idParams } from "./query.ts";
import { visibleSubmission } from "./submissions.ts";

/** POST /submissions/{id}/sign-off: the provider's executive stands by the figures, and leaders hear of them. */
export function signingOff({ db, queues, clock }: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/submissions/:id/sign-off",
      {
        schema: {
          tags: ["operate"],
          summary: "Sign a submission off: what it decided is released when its preview ends",
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
