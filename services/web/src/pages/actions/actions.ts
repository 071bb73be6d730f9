import { type Action, catalogueReader, findAction } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyReply, FastifyRequest } from "fastify";
import { moveDay, rate } from "../../actions/acting-on-action.ts";
import { readNewDay, readRating, type TypedRating } from "../../actions/read-rating.ts";
import { addressesOf } from "../../acting.ts";
import { mayAgreeDay, mayRate } from "../../actions/who-may.ts";
import { idOf } from "../../api/query.ts";
import { nameOf, sightOf } from "../../callers.ts";
import { Problem } from "../../problem.ts";
import type { PagesOf } from "../all.ts";
import { actionLog } from "./action-log.ts";
import { actionPage, type SentBack } from "./action-page.ts";
import { evidencePages } from "./evidence.ts";
import { saying } from "../../what-was-done.ts";

interface OneAction {
  Params: { id: string };
  Body: Readonly<Record<string, unknown>> | null;
}

/** /actions, one page an action, its two ratings and its day. */
export const actionPages: PagesOf = async (app, parts, pages) => {
  const { db, clock } = parts;
  const readCatalogue = catalogueReader();
  actionLog(app, parts, pages);

  app.get<OneAction>("/actions/:id", async (request, reply) => show(request, reply, await theAction(request), null));

  app.post<OneAction>("/actions/:id/ratings", async (request, reply) => {
    const action = await theAction(request);
    if (!mayRate(request.caller, action)) throw new Problem(403, MAY_NOT_RATE);
    const typed = typedRating(request.body);
    const form = typed.aspect === "embedding" ? "embedding" : "delivery";
    const read = readRating(typed);
    if ("faults" in read) return show(request, reply, action, { form, typed: { ...typed }, faults: read.faults });
    const rated = await rate(parts, { id: action.id, ...read }, await acting(request));
    if (rated.kind === "faults")
      return show(request, reply, action, { form, typed: { ...typed }, faults: rated.faults });
    return reply.redirect(saying(`/actions/${action.id}`, "rated"), 303);
  });

  app.post<OneAction>("/actions/:id/date", async (request, reply) => {
    const action = await theAction(request);
    const agrees = mayAgreeDay(request.caller, action);
    if (!agrees && !mayRate(request.caller, action)) throw new Problem(403, MAY_NOT_RATE);
    const typed = { day: textIn(request.body, "day"), reason: textIn(request.body, "reason") };
    const who = await acting(request);
    const read = readNewDay(typed, dayOf(who.now));
    if ("faults" in read) return show(request, reply, action, { form: "day", typed, faults: read.faults });
    const kind = await moveDay(parts, { id: action.id, ...read, agrees }, who);
    if (kind === "same") {
      const faults = [{ field: "day", message: "It is due on this day already: give another one" }];
      return show(request, reply, action, { form: "day", typed, faults });
    }
    return reply.redirect(saying(`/actions/${action.id}`, "day-kept"), 303);
  });

  await app.register(async (scope) => evidencePages(scope, parts, { theAction, show, acting }));

  async function acting({ caller }: Pick<FastifyRequest, "caller">) {
    return { by: nameOf(caller), now: await clock.now() };
  }

  async function theAction(request: FastifyRequest): Promise<Action> {
    const { id: given } = request.params as { id: string };
    const id = idOf(given);
    const me = addressesOf(request.caller);
    const found =
      id === null ? null : await findAction(db, id, { sight: sightOf(request), me, now: await clock.now() });
    if (found === null) throw new Problem(404, `There is no action ${given} that you may see.`);
    return found;
  }

  async function show(request: FastifyRequest, reply: FastifyReply, action: Action, back: SentBack | null) {
    const [catalogue, now] = await Promise.all([readCatalogue(db), clock.now()]);
    const context = await actionPage(action, { db, catalogue, caller: request.caller, now }, back);
    return pages.show(request, reply, {
      template: "actions/action",
      status: back === null ? 200 : 400,
      form: true,
      context,
    });
  }
};

/** What an action's routes share. */
export interface ActionRoutes {
  readonly theAction: (request: FastifyRequest) => Promise<Action>;
  readonly show: (
    request: FastifyRequest,
    reply: FastifyReply,
    action: Action,
    back: SentBack | null,
  ) => Promise<FastifyReply>;
  readonly acting: (request: FastifyRequest) => Promise<{ by: string; now: Temporal.Instant }>;
}

export const MAY_NOT_RATE = "Only who does this action, and who answers for its organisation, says how it stands.";

function typedRating(body: OneAction["Body"]): TypedRating {
  const text = (field: string) => textIn(body, field);
  return {
    aspect: text("aspect"),
    rating: text("rating"),
    reason: text("reason"),
    explanation: text("explanation"),
    mitigation: text("mitigation"),
    doneOn: text("doneOn"),
  };
}

/** A field of a form as text without NULs and spaces around it; "" where it is none. */
export function textIn(body: OneAction["Body"], field: string): string {
  const given = body?.[field];
  return typeof given === "string"
    ? given
        .replaceAll("\0", "")
        .replaceAll(/\p{Cs}/gu, "")
        .trim()
    : "";
}
