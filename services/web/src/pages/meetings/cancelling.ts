import { cancelMeeting } from "@signalbox/db";
import type { FastifyInstance } from "fastify";
import { nameOf } from "../../callers.ts";
import { keepsMeetings } from "../../meetings/who-may.ts";
import { Problem } from "../../problem.ts";
import { meetingPage } from "./meeting-page.ts";
import { fieldIn, type MeetingPages } from "./meetings.ts";

/** How long a reason may be. */
export const LONGEST_REASON = 500;

/** What is wrong with the reason why a meeting is cancelled; null for nothing. */
export function wrongWithReason(reason: string): string | null {
  if (reason === "") return "Say why it is cancelled";
  return reason.length > LONGEST_REASON ? `Use at most ${LONGEST_REASON} characters` : null;
}

/** POST /meetings/ID/cancellation: with a reason, by its chair, its secretary or an operator. */
export function cancellingPages(app: FastifyInstance, of: MeetingPages): void {
  app.post<{ Params: { id: string }; Body: unknown }>("/meetings/:id/cancellation", async (request, reply) => {
    const meeting = await of.theMeeting(request);
    if (!keepsMeetings(request.caller, meeting.forum))
      throw new Problem(403, "A meeting is cancelled by the forum's chair or secretary, or an operator.");
    const reason = fieldIn(request.body, "reason").trim();
    const error = wrongWithReason(reason);
    if (error !== null) return meetingPage(of, request, reply, { meeting, wrong: { cancelling: { reason, error } } });
    await cancelMeeting(of.db, meeting.id, { by: nameOf(request.caller), reason, now: await of.clock.now() });
    return reply.redirect(`/meetings/${meeting.id}`, 303);
  });
}
