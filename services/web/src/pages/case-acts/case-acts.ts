import {
  type ActOutcome,
  catalogueReader,
  closeCase,
  type Explanation,
  mayCloseCase,
  maySignOff,
  refuseSignOff,
  signOffCase,
  takeBackAct,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ringAfterAct } from "../../api/case-acts.ts";
import { idOf } from "../../api/query.ts";
import { nameOf } from "../../callers.ts";
import { decidesFor } from "../../case-acting.ts";
import { Problem } from "../../problem.ts";
import type { PagesOf } from "../all.ts";
import { readCase } from "../cases/case-page.ts";
import { summaryOf } from "../cases/case-words.ts";
import { dayIn, wordsIn } from "./written.ts";
import { type Done, saying } from "../../what-was-done.ts";

interface OneCase {
  Params: { id: string; act: string };
  Body: { note?: unknown; reason?: unknown; reviewOn?: unknown; minute?: unknown } | null;
}

interface Wrong {
  readonly text: string;
  readonly href: string;
}

type Given = Readonly<Record<string, string>>;

/** /escalations/:id/sign-off and /closure: what a chair decides of a case, and how such an act is taken back. */
export const caseActPages: PagesOf = (app, parts, pages) => {
  const { db, clock } = parts;
  const readCatalogue = catalogueReader();

  app.get<OneCase>("/escalations/:id/sign-off", async (request, reply) =>
    signing(request, reply, await asked(request)),
  );

  app.post<OneCase>("/escalations/:id/sign-off", async (request, reply) => {
    const of = await asked(request);
    const note = wordsIn(request.body?.note, "Say in a few words why you sign it off");
    if (note.error !== null)
      return signing(request, reply, of, { given: { note: note.text }, wrong: [{ text: note.error, href: "#note" }] });
    return done(reply, of, "signed-off", await signOffCase(db, of.one.id, { ...by(request, of), note: note.text }));
  });

  app.post<OneCase>("/escalations/:id/sign-off/refusal", async (request, reply) => {
    const of = await asked(request);
    const reason = wordsIn(request.body?.reason, "Say in a few words why not yet");
    const day = dayIn(request.body?.reviewOn, dayOf(of.now));
    const wrong = [
      ...(reason.error === null ? [] : [{ text: reason.error, href: "#reason" }]),
      ...(day.error === null ? [] : [{ text: day.error, href: "#reviewOn" }]),
    ];
    if (wrong.length > 0)
      return signing(request, reply, of, { given: { reason: reason.text, reviewOn: day.text }, wrong });
    const act = { ...by(request, of), note: reason.text, reviewOn: day.day };
    return done(reply, of, "not-signed-off", await refuseSignOff(db, of.one.id, act));
  });

  app.get<OneCase>("/escalations/:id/closure", async (request, reply) => closing(request, reply, await asked(request)));

  app.post<OneCase>("/escalations/:id/closure", async (request, reply) => {
    const of = await asked(request);
    const minute = wordsIn(request.body?.minute, "Write the minute: what was decided, and why");
    if (minute.error !== null)
      return closing(request, reply, of, {
        given: { minute: minute.text },
        wrong: [{ text: minute.error, href: "#minute" }],
      });
    return done(reply, of, "closed", await closeCase(db, of.one.id, { ...by(request, of), note: minute.text }));
  });

  app.post<OneCase>("/escalations/:id/acts/:act/taken-back", async (request, reply) => {
    const of = await asked(request);
    const act = idOf(request.params.act);
    const outcome = act === null ? null : await takeBackAct(db, { escalation: of.one.id, act }, by(request, of));
    if (outcome === null) throw new Problem(404, `Case ${of.one.id} has no act ${request.params.act}.`);
    return done(reply, of, "taken-back", outcome);
  });

  const by = (request: FastifyRequest, { now }: Asked) => ({ by: nameOf(request.caller), now });

  /** The case of a path: 404 where this caller sees none, 403 where they see it and do not decide of it. */
  async function asked(request: FastifyRequest<OneCase>): Promise<Asked> {
    const id = idOf(request.params.id);
    const [catalogue, now] = await Promise.all([readCatalogue(db), clock.now()]);
    const reading = { db, catalogue, caller: request.caller, now };
    const found = id === null ? null : await readCase(id, reading);
    if (found === null) throw new Problem(404, `There is no case ${request.params.id} that you may see.`);
    const { case: one } = found;
    if (!decidesFor(request.caller, one))
      throw new Problem(
        403,
        "Only the chair of a forum that this case stands before decides this, or its secretary for the chair.",
      );
    return { found, one, now };
  }

  async function signing(request: FastifyRequest, reply: FastifyReply, of: Asked, form: Form = noForm) {
    const why = await maySignOff(db, of.one.id);
    return show(request, reply, { template: "case-acts/sign-off", of, form, context: { why } });
  }

  async function closing(request: FastifyRequest, reply: FastifyReply, of: Asked, form: Form = noForm) {
    const closable = await mayCloseCase(db, of.one.id);
    return show(request, reply, { template: "case-acts/closure", of, form, context: { closable } });
  }

  function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { template, of, form, context }: { template: string; of: Asked; form: Form; context: object },
  ): FastifyReply {
    const status = form.wrong.length > 0 ? 400 : 200;
    const errors = Object.fromEntries(form.wrong.map(({ text, href }) => [href.slice(1), text]));
    const one = summaryOf(of.one, of.found.names);
    const all = { ...context, one, given: form.given, wrong: form.wrong, errors };
    return pages.show(request, reply, { template, status, form: true, context: all });
  }

  function done(reply: FastifyReply, { one }: Asked, what: Done, outcome: ActOutcome): FastifyReply {
    if (outcome.kind === "refused") throw new Problem(409, outcome.why);
    ringAfterAct(parts);
    return reply.redirect(saying(`/escalations/${one.id}`, what), 303);
  }
};

interface Asked {
  readonly found: Explanation;
  readonly one: Explanation["case"];
  readonly now: Temporal.Instant;
}

interface Form {
  readonly given: Given;
  readonly wrong: readonly Wrong[];
}

const noForm: Form = { given: {}, wrong: [] };
