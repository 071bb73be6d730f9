import { catalogueReader, CHOICES } from "@signalbox/db";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf, organisationsSeen } from "../callers.ts";
import { mayChooseNamed } from "../choosing/named-person.ts";
import { choose, groundOf } from "../choosing/choose.ts";
import { readChoice } from "../choosing/read-choice.ts";
import { WHY_NOT } from "../pages/choices/choices.ts";
import { readCase } from "../pages/cases/case-page.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { idOf, idParams, plainText, writtenText } from "./query.ts";

const shape = z.object({
  escalation: z.string(),
  choice: z.enum(CHOICES),
  plan: z.string().nullable(),
  until: z.iso.date().nullable().describe("Until when nothing is asked"),
  dueOn: z.iso.date().nullable().describe("The day that was asked for; null where the protocol says it"),
  reason: z.string(),
  by: z.string(),
});

/** POST /escalations/{id}/choice: what a forum's chair chose for a case. */
export function choosing(parts: Parts): FastifyPluginAsyncZod {
  const { db, clock } = parts;
  const readCatalogue = catalogueReader();
  return async (app) => {
    app.post(
      "/escalations/:id/choice",
      {
        schema: {
          tags: ["escalations"],
          summary: "Record what a forum's chair chose for a case",
          params: idParams,
          body: z.object({
            choice: z.enum(CHOICES),
            plan: plainText.default("").describe("Of covered-by: a plan that was sent or accepted"),
            until: plainText.default("").describe("Of accept-until: a day to come, 2026-12-08"),
            dueOn: plainText.default("").describe("Of ask-plan: the day by which it is due, else the protocol's"),
            reason: writtenText.min(1).max(2000),
            by: plainText.describe("The e-mail address of the chair or secretary who chose"),
          }),
          response: { 200: shape },
        },
      },
      async (request) => {
        const { caller, body } = request;
        const [catalogue, now] = await Promise.all([readCatalogue(db), clock.now()]);
        const id = idOf(request.params.id);
        const found = id === null ? null : await readCase(id, { db, catalogue, caller, now });
        if (found === null) throw new Problem(404, `There is no escalation ${request.params.id} that you may see.`);
        const { case: one } = found;
        // Who answers for a case does not choose for its forum, whomever they name.
        if (organisationsSeen(request) !== null) throw new Problem(403, "Only a key of the whole system records this.");
        const chair = await mayChooseNamed(parts, one, body.by);
        const read = readChoice(body, await groundOf(parts, { one, caller: chair, catalogue, now }));
        if ("faults" in read)
          throw new Problem(
            422,
            Object.entries(read.faults)
              .map(([name, fault]) => `${name}: ${fault}`)
              .join("\n"),
          );
        const refused = await choose(parts, {
          one,
          ...read,
          by: body.by.toLowerCase(),
          through: nameOf(caller),
          catalogue,
        });
        if (refused !== null) throw new Problem(409, WHY_NOT[refused]);
        const { chosen, reason } = read;
        return {
          escalation: String(one.id),
          choice: chosen.choice,
          plan: chosen.choice === "covered-by" ? String(chosen.plan) : null,
          until: "until" in chosen ? chosen.until : null,
          dueOn: chosen.choice === "ask-plan" ? chosen.dueOn : null,
          reason,
          by: body.by.toLowerCase(),
        };
      },
    );
  };
}
