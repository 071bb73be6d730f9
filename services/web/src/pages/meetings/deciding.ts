import { agendaAt } from "@signalbox/db";
import type { FastifyInstance } from "fastify";
import { nameOf } from "../../callers.ts";
import { casesToDecide } from "../../meetings/agenda-words.ts";
import { takeDecision } from "../../meetings/record-decision.ts";
import { recordsDecisions } from "../../meetings/who-may.ts";
import { Problem } from "../../problem.ts";
import { meetingPage } from "./meeting-page.ts";
import { fieldIn, type MeetingPages } from "./meetings.ts";

/** POST /meetings/ID/decisions: its chair or secretary records what was decided. */
export function decidingPages(app: FastifyInstance, of: MeetingPages): void {
  const { db, clock, catalogueInForce, theMeeting } = of;

  app.post<{ Params: { id: string }; Body: unknown }>("/meetings/:id/decisions", async (request, reply) => {
    const meeting = await theMeeting(request);
    if (!recordsDecisions(request.caller, meeting.forum))
      throw new Problem(403, "What a meeting decided is recorded by the forum's chair or secretary.");
    if (meeting.cancelledAt !== null) throw new Problem(409, "This meeting was cancelled, so it decides nothing.");
    const given = {
      escalation: fieldIn(request.body, "escalation"),
      decision: fieldIn(request.body, "decision"),
      askedOf: fieldIn(request.body, "askedOf"),
      dueOn: fieldIn(request.body, "dueOn"),
    };
    const [catalogue, read] = await Promise.all([catalogueInForce(), agendaAt(db, meeting, await clock.now())]);
    const cases = new Set(casesToDecide(read, catalogue).keys());
    const by = nameOf(request.caller);
    const taken = await takeDecision(of, given, { meeting, catalogue, cases, by });
    if ("faults" in taken)
      return meetingPage(of, request, reply, { meeting, wrong: { decision: { given, faults: taken.faults } } });
    return reply.redirect(`/meetings/${meeting.id}#decided`, 303);
  });
}
