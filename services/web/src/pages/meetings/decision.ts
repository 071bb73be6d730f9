import { completeDecision, decisionsAskedOf, findDecision, type MeetingDecision } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf } from "../../callers.ts";
import { addressesOf } from "../../acting.ts";
import { logLine, mayComplete } from "../../meetings/log-lines.ts";
import { seesMeetingsOf } from "../../meetings/who-may.ts";
import { nameOfPerson } from "../../names-of-people.ts";
import { Problem } from "../../problem.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import { logOut } from "./agenda-out.ts";
import { fieldIn, type MeetingPages } from "./meetings.ts";

const LONGEST_NOTE = 2000;

interface OfDecision {
  Params: { id: string };
  Body: unknown;
}

/** /decisions: what meetings asked of its reader; /decisions/ID: one decision, seen by its forum and by whom it is asked of, who say here when it is done. */
export function decisionPages(app: FastifyInstance, { db, clock, pages, catalogueInForce }: MeetingPages): void {
  app.get<{ Querystring: { as?: unknown } }>("/decisions", async (request, reply) => {
    const as = formatAsked(request.query.as);
    const asked = await decisionsAskedOf(db, addressesOf(request.caller));
    const [catalogue, now] = await Promise.all([catalogueInForce(), clock.now()]);
    const lines = asked.map((one) => ({
      ...logLine(one, { catalogue, today: dayOf(now) }),
      forum: catalogue.forums.get(one.forum)?.name ?? one.forum,
    }));
    if (as !== null) return sendTable(reply, logOut(lines), as);
    return pages.show(request, reply, { template: "decisions", context: { lines } });
  });

  app.get<OfDecision>("/decisions/:id", async (request, reply) => show(request, reply, await theDecision(request)));

  app.post<OfDecision>("/decisions/:id/done", async (request, reply) => {
    const decision = await theDecision(request);
    if (!mayComplete(request.caller, decision))
      throw new Problem(403, "It is done when whom it was asked of says so, or the forum's chair or secretary.");
    const note = fieldIn(request.body, "note").trim();
    const error = wrongWith(note);
    if (error !== null) return show(request, reply, decision, { note, error });
    const { id, meeting } = decision;
    await completeDecision(db, { id, meeting, note }, { by: nameOf(request.caller), now: await clock.now() });
    return reply.redirect(`/decisions/${id}`, 303);
  });

  async function theDecision({ params, caller }: FastifyRequest<OfDecision>): Promise<MeetingDecision> {
    const id = idOf(params.id);
    const found = id === null ? null : await findDecision(db, id);
    const isAsked = found !== null && addressesOf(caller).includes(found.askedOf?.toLowerCase() ?? "");
    if (found === null || !(isAsked || seesMeetingsOf(caller, found.forum)))
      throw new Problem(404, `There is no decision ${params.id} that you may see.`);
    return found;
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    decision: MeetingDecision,
    wrong?: { readonly note: string; readonly error: string },
  ): Promise<FastifyReply> {
    const [catalogue, now] = await Promise.all([catalogueInForce(), clock.now()]);
    const context = {
      one: logLine(decision, { catalogue, today: dayOf(now) }),
      forum: catalogue.forums.get(decision.forum)?.name ?? decision.forum,
      seesMeeting: seesMeetingsOf(request.caller, decision.forum),
      by: nameOfPerson(catalogue, decision.by),
      doneBy: decision.doneBy === null ? null : nameOfPerson(catalogue, decision.doneBy),
      mayComplete: decision.doneAt === null && mayComplete(request.caller, decision),
      wrong,
    };
    const status = wrong === undefined ? 200 : 400;
    return pages.show(request, reply, { template: "decision", status, form: true, context });
  }
}

function wrongWith(note: string): string | null {
  if (note === "") return "Say in a few words what was done";
  return note.length > LONGEST_NOTE ? `Use at most ${LONGEST_NOTE.toLocaleString("en-GB")} characters` : null;
}
