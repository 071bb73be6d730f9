import { agreeAnotherDay, askAnotherDay, catalogueReader, type Explanation, giveHoldingReply } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf } from "../../callers.ts";
import { Problem } from "../../problem.ts";
import { STEP_WORDS } from "../../step-words.ts";
import type { PagesOf } from "../all.ts";
import { dayIn, wordsIn } from "../case-acts/written.ts";
import { readCase } from "../cases/case-page.ts";
import { summaryOf } from "../cases/case-words.ts";
import { decidesDays, mayReply, movableFor } from "./next-step-section.ts";
import { saying } from "../../what-was-done.ts";

interface OneCase {
  Params: { id: string };
  Body: { reply?: unknown; request?: unknown; day?: unknown; reason?: unknown } | null;
}

interface Form {
  readonly given: Readonly<Record<string, string>>;
  readonly wrong: readonly { readonly text: string; readonly href: string }[];
}

const noForm: Form = { given: {}, wrong: [] };

/** /escalations/:id/holding-reply and /another-day: what somebody says before they answer in full. */
export const caseStepPages: PagesOf = (app, { db, clock, queues }, pages) => {
  const readCatalogue = catalogueReader();

  app.post<OneCase>("/escalations/:id/holding-reply", async (request, reply) => {
    const of = await theCase(request);
    const { one, now } = of;
    if (!one.standing) throw new Problem(409, "This case has ended; nothing is asked about it any more.");
    if (!mayReply(request.caller, one))
      throw new Problem(
        403,
        "Only those who answer for this case, and were asked to say that they have seen it, reply here.",
      );
    const { text, error } = wordsIn(
      request.body?.reply,
      "Say in a few words what you know, and when you answer in full",
    );
    if (error !== null) {
      const form = { given: { reply: text }, wrong: [{ text: error, href: "#reply" }] };
      return show(request, reply, { template: "steps/holding-reply", of, form, context: {} });
    }
    const by = nameOf(request.caller);
    await giveHoldingReply(db, one.id, { body: text, by, actor: by, now });
    void queues.ring("tell", {});
    return reply.redirect(saying(`/escalations/${one.id}`, "replied"), 303);
  });

  app.get<OneCase>("/escalations/:id/another-day", async (request, reply) => {
    const of = await theCase(request);
    return days(request, reply, of, noForm);
  });

  app.post<OneCase>("/escalations/:id/another-day", async (request, reply) => {
    const of = await theCase(request);
    const { one, now } = of;
    const open = movableFor(request.caller, one);
    const asked = typeof request.body?.request === "string" ? request.body.request : "";
    const step =
      open.find(({ id }) => String(id) === asked) ?? (open.length === 1 && asked === "" ? open[0] : undefined);
    const day = dayIn(request.body?.day, dayOf(now));
    const reason = wordsIn(request.body?.reason, "Say in a few words why another day is needed");
    const wrong = [
      ...(step === undefined ? [{ text: "Say what gets another day", href: `#request-${open[0]?.id ?? ""}` }] : []),
      ...(day.error === null ? [] : [{ text: day.error, href: "#day" }]),
      ...(reason.error === null ? [] : [{ text: reason.error, href: "#reason" }]),
      ...(day.error === null && step?.dueOn === day.day ? [{ text: "That is the day already", href: "#day" }] : []),
    ];
    const given = { request: asked, day: day.text, reason: reason.text };
    if (wrong.length > 0 || step === undefined) return days(request, reply, of, { given, wrong });
    const by = nameOf(request.caller);
    const another = { request: step.id, dueOn: day.day, reason: reason.text, by, actor: by, now };
    await db.transaction().execute(async (trx) => {
      if (decidesDays(request.caller, one)) await agreeAnotherDay(trx, another);
      else await askAnotherDay(trx, another);
    });
    void queues.ring("tell", {});
    const done = decidesDays(request.caller, one) ? "day-agreed" : "day-asked";
    return reply.redirect(saying(`/escalations/${one.id}`, done), 303);
  });

  async function theCase(request: FastifyRequest<OneCase>): Promise<Asked> {
    const id = idOf(request.params.id);
    const [catalogue, now] = await Promise.all([readCatalogue(db), clock.now()]);
    const found = id === null ? null : await readCase(id, { db, catalogue, caller: request.caller, now });
    if (found === null) throw new Problem(404, `There is no case ${request.params.id} that you may see.`);
    return { found, one: found.case, now };
  }

  function days(request: FastifyRequest, reply: FastifyReply, of: Asked, form: Form): FastifyReply {
    const open = movableFor(request.caller, of.one);
    if (open.length === 0)
      throw new Problem(403, "Nothing of this case waits for an answer that is yours to move to another day.");
    const context = {
      decides: decidesDays(request.caller, of.one),
      open: open.map(({ id, kind, dueOn }) => ({ id, what: STEP_WORDS[kind], dueOn })),
    };
    return show(request, reply, { template: "steps/another-day", of, form, context });
  }

  function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { template, of, form, context }: { template: string; of: Asked; form: Form; context: object },
  ): FastifyReply {
    const errors = Object.fromEntries(form.wrong.map(({ text, href }) => [href.slice(1).replace(/-\d*$/, ""), text]));
    const one = summaryOf(of.one, of.found.names);
    const all = { ...context, one, given: form.given, wrong: form.wrong, errors };
    return pages.show(request, reply, {
      template,
      status: form.wrong.length > 0 ? 400 : 200,
      form: true,
      context: all,
    });
  }
};

interface Asked {
  readonly found: Explanation;
  readonly one: Explanation["case"];
  readonly now: Temporal.Instant;
}
