import { catalogueReader } from "@signalbox/db";
import type { FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf } from "../../callers.ts";
import { choose, groundOf, mayChoose } from "../../choosing/choose.ts";
import { readChoice, type TypedChoice } from "../../choosing/read-choice.ts";
import { Problem } from "../../problem.ts";
import type { PagesOf } from "../all.ts";
import { readCase } from "../cases/case-page.ts";
import { summaryOf } from "../cases/case-words.ts";
import { choiceForm } from "./choices-section.ts";
import { saying } from "../../what-was-done.ts";

interface OneCase {
  Params: { id: string };
  Body: Readonly<Record<string, unknown>> | null;
}

/** /escalations/ID/choice: what a chair chooses for a case. The page by itself is the form; the case's own page has it too. */
export const choicePages: PagesOf = (app, parts, pages) => {
  const { db, clock } = parts;
  const readCatalogue = catalogueReader();

  app.get<OneCase>("/escalations/:id/choice", async (request, reply) => {
    const { found, reading } = await theCase(request);
    const form = await choiceForm(found, reading);
    const context = { one: summaryOf(found.case, found.names), section: { form } };
    return pages.show(request, reply, { template: "choices/page", form: true, context });
  });

  app.post<OneCase>("/escalations/:id/choice", async (request, reply) => {
    const { found, reading } = await theCase(request);
    const { case: one } = found;
    const typed = typedIn(request.body ?? {});
    const { caller } = request;
    const read = readChoice(
      typed,
      await groundOf(parts, { one, caller, catalogue: reading.catalogue, now: reading.now }),
    );
    if ("faults" in read) {
      const form = await choiceForm(found, reading, typed, read.faults);
      const context = { one: summaryOf(one, found.names), section: { form } };
      return pages.show(request, reply, { template: "choices/page", status: 400, form: true, context });
    }
    const refused = await choose(parts, { one, ...read, by: nameOf(caller), catalogue: reading.catalogue });
    if (refused !== null) throw new Problem(409, WHY_NOT[refused]);
    return reply.redirect(saying(`/escalations/${one.id}`, "chosen"), 303);
  });

  async function theCase(request: FastifyRequest<OneCase>) {
    const [catalogue, now] = await Promise.all([readCatalogue(db), clock.now()]);
    const reading = { db, catalogue, caller: request.caller, now };
    const id = idOf(request.params.id);
    const found = id === null ? null : await readCase(id, reading);
    if (found === null) throw new Problem(404, `There is no case ${request.params.id} that you may see.`);
    if (!mayChoose(request.caller, found.case))
      throw new Problem(
        403,
        "What follows from a case that stands is chosen by the chair of a forum it stands before, or by its secretary for the chair.",
      );
    return { found, reading };
  }
};

/** Why a choice that was read came too late. */
export const WHY_NOT = {
  ended: "This case has ended; there is nothing to choose.",
  "no-such-plan": "That plan was withdrawn or sent back meanwhile. Load the page again and choose another.",
} as const;

function typedIn(fields: Readonly<Record<string, unknown>>): TypedChoice {
  const text = (name: string) => {
    const given = fields[name];
    return typeof given === "string" ? given.replaceAll("\0", "").slice(0, 10_000) : "";
  };
  return {
    choice: text("choice"),
    plan: text("plan"),
    until: text("until"),
    dueOn: text("dueOn"),
    reason: text("choice-reason"),
  };
}
