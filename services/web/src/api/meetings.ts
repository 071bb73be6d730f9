import { meetingCsv, takeMeetings } from "../meetings/take-meetings.ts";
import {
  agendaAt,
  cancelMeeting,
  catalogueReader,
  completeDecision,
  type CurrentCatalogue,
  decisionsOfMeeting,
  findDecision,
  findMeeting,
  listMeetings,
  type MeetingInTurn,
} from "@signalbox/db";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf } from "../callers.ts";
import { casesToDecide } from "../meetings/agenda-words.ts";
import { takeDecision } from "../meetings/record-decision.ts";
import { keepsMeetings, meetingsSeen, recordsDecisions, seesMeetingsOf } from "../meetings/who-may.ts";
import { wrongWithReason } from "../pages/meetings/cancelling.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import {
  agendaShape,
  agendaAnswer,
  decisionAnswer,
  decisionShape,
  meetingAnswer,
  meetingsBody,
  meetingShape,
} from "./meeting-shapes.ts";
import { decodeCursor, encodeCursor, idOf, idParams, paging, plainText, writtenText } from "./query.ts";
import { listOf } from "./shapes.ts";

const place = z.tuple([z.number().int().nonnegative()]);
const tags = ["meetings"];
const LARGEST_FILE = 1024 * 1024;

/** When forums meet, what their agendas hold, and what they decided. */
export function meetings(parts: Parts): FastifyPluginAsyncZod {
  const { db, clock } = parts;
  const readCatalogue = catalogueReader();
  const inForce = async () => {
    const catalogue = await readCatalogue(db);
    if (catalogue === null) throw new Problem(404, "No catalogue is loaded yet.");
    return catalogue;
  };
  return async (app) => {
    app.addContentTypeParser("text/csv", { parseAs: "buffer", bodyLimit: LARGEST_FILE }, (_request, body, done) => {
      done(null, body);
    });

    app.get(
      "/meetings",
      {
        schema: {
          tags,
          summary: "Meetings of the forums that the caller sees, in order of their beginning; cancelled ones too",
          querystring: z.object({
            ...paging,
            forum: plainText.optional(),
            from: z.iso.date().optional().describe("The first day, London's"),
            to: z.iso.date().optional().describe("The last day, London's"),
          }),
          response: { 200: listOf(meetingShape) },
        },
      },
      async (request) => {
        const { limit, cursor, forum, from, to } = request.query;
        const skip = decodeCursor(place, cursor)?.[0] ?? 0;
        const filter = {
          forums: meetingsSeen(request.caller),
          forum,
          from: from === undefined ? undefined : beginningOf(from, 0),
          until: to === undefined ? undefined : beginningOf(to, 1),
        };
        const found = await listMeetings(db, filter, { skip, limit });
        const next = skip + found.meetings.length;
        return {
          items: found.meetings.map(meetingAnswer),
          next: found.meetings.length > 0 && next < found.total ? encodeCursor([next]) : null,
        };
      },
    );

    app.post(
      "/meetings",
      {
        schema: {
          tags,
          summary:
            "Enter meetings, all or none, as CSV (forum,date,time,papers_due,place) or the same as JSON; London times",
          response: {
            200: z.object({ added: z.int(), changed: z.int(), unchanged: z.int(), leftCancelled: z.int() }),
          },
        },
      },
      async (request) => {
        const { body, caller } = request;
        const csv = body instanceof Uint8Array ? Buffer.from(body) : csvOf(body);
        const taken = await takeMeetings(parts, { caller, catalogue: await inForce(), csv });
        if (taken.entered === null) {
          const said = taken.problems
            .slice(0, 5)
            .map(({ line, column, message }) => `line ${line}: ${column}: ${message}`);
          throw new Problem(422, said.join("\n"), { problems: taken.problems.slice(0, 1000) });
        }
        const { added, changed, unchanged, leftCancelled } = taken.entered;
        return { added, changed, unchanged, leftCancelled };
      },
    );

    app.get(
      "/meetings/:id",
      { schema: { tags, summary: "One meeting", params: idParams, response: { 200: meetingShape } } },
      async (request) => meetingAnswer(await theMeeting(request)),
    );

    app.get(
      "/meetings/:id/agenda",
      {
        schema: {
          tags,
          summary: "What a meeting's agenda holds: as of its papers once they are due, and what changed since",
          params: idParams,
          response: { 200: agendaShape },
        },
      },
      async (request) => {
        const meeting = await theMeeting(request);
        return agendaAnswer(meeting, await agendaAt(db, meeting, await clock.now()));
      },
    );

    app.get(
      "/meetings/:id/decisions",
      {
        schema: {
          tags,
          summary: "What a meeting decided, and whether what it asked is done",
          params: idParams,
          response: { 200: listOf(decisionShape) },
        },
      },
      async (request) => {
        const found = await decisionsOfMeeting(db, (await theMeeting(request)).id);
        return { items: found.map(decisionAnswer), next: null };
      },
    );

    app.post(
      "/meetings/:id/decisions",
      {
        schema: {
          tags,
          summary: "Record what a meeting decided, on behalf of the forum's chair or secretary",
          params: idParams,
          body: z.object({
            decision: writtenText,
            by: plainText.describe("The e-mail address of the forum's chair or secretary who records it"),
            escalation: z
              .string()
              .regex(/^\d{1,15}$/)
              .optional(),
            askedOf: plainText.optional().describe("The e-mail address of whom it is asked"),
            dueOn: z.iso.date().optional(),
          }),
          response: { 201: decisionShape },
        },
      },
      async (request, reply) => {
        const meeting = await theMeeting(request);
        if (!recordsDecisions(request.caller, meeting.forum))
          throw new Problem(403, "Decisions are recorded by a key of the whole system that operates.");
        if (meeting.cancelledAt !== null) throw new Problem(409, "This meeting was cancelled, so it decides nothing.");
        const { by, decision, escalation = "", askedOf = "", dueOn = "" } = request.body;
        const catalogue = await inForce();
        if (!isSeated(by, meeting.forum, catalogue))
          throw new Problem(422, `by: ${by} is neither chair nor secretary of this forum.`);
        const read = await agendaAt(db, meeting, await clock.now());
        const taken = await takeDecision(
          parts,
          { decision, escalation, askedOf, dueOn },
          {
            meeting,
            catalogue,
            cases: new Set(casesToDecide(read, catalogue).keys()),
            by: by.toLowerCase(),
            through: nameOf(request.caller),
          },
        );
        if ("faults" in taken) {
          const said = Object.entries(taken.faults).map(([field, message]) => `${field}: ${message}`);
          throw new Problem(422, said.join("\n"));
        }
        const recorded = await findDecision(db, taken.id);
        if (recorded === null) throw new Problem(404, `There is no decision ${taken.id}.`);
        return reply.code(201).send(decisionAnswer(recorded));
      },
    );

    app.post(
      "/meetings/:id/decisions/:decision/completion",
      {
        schema: {
          tags,
          summary:
            "Note that what a meeting asked is done, on behalf of whom it asked, or the forum's chair or secretary",
          params: idParams.extend({ decision: idParams.shape.id }),
          body: z.object({
            note: writtenText.min(1).max(2000).describe("What was done"),
            by: plainText.describe("The e-mail address of who says so"),
          }),
          response: { 200: decisionShape },
        },
      },
      async (request) => {
        const meeting = await theMeeting(request);
        if (!recordsDecisions(request.caller, meeting.forum))
          throw new Problem(403, "Decisions are recorded by a key of the whole system that operates.");
        const { params, body } = request;
        const id = idOf(params.decision);
        const decision = id === null ? null : await findDecision(db, id);
        if (decision === null || decision.meeting !== meeting.id)
          throw new Problem(404, `This meeting has no decision ${params.decision}.`);
        if (decision.askedOf === null) throw new Problem(409, "This decision asks nothing of anybody.");
        const by = body.by.toLowerCase();
        if (by !== decision.askedOf.toLowerCase() && !isSeated(by, meeting.forum, await inForce()))
          throw new Problem(422, `by: ${body.by} was not asked, and is neither chair nor secretary of this forum.`);
        const note = body.note.trim();
        if (note === "") throw new Problem(422, "note: Say in a few words what was done.");
        const acting = { by, now: await clock.now(), through: nameOf(request.caller) };
        const isFirst = await completeDecision(db, { id: decision.id, meeting: meeting.id, note }, acting);
        if (!isFirst) throw new Problem(409, "It was noted before that this is done.");
        return decisionAnswer((await findDecision(db, decision.id)) ?? decision);
      },
    );

    app.post(
      "/meetings/:id/cancellation",
      {
        schema: {
          tags,
          summary: "Cancel a meeting, with a reason; again changes nothing",
          params: idParams,
          body: z.object({ reason: writtenText }),
          response: { 200: meetingShape },
        },
      },
      async (request) => {
        const meeting = await theMeeting(request);
        if (!keepsMeetings(request.caller, meeting.forum))
          throw new Problem(403, "Meetings are cancelled by a key of the whole system that operates.");
        const wrong = wrongWithReason(request.body.reason);
        if (wrong !== null) throw new Problem(422, `reason: ${wrong}.`);
        const { reason } = request.body;
        await cancelMeeting(db, meeting.id, { by: nameOf(request.caller), reason, now: await clock.now() });
        return meetingAnswer(await theMeeting(request));
      },
    );

    async function theMeeting(request: FastifyRequest<{ Params: { id: string } }>): Promise<MeetingInTurn> {
      const id = idOf(request.params.id);
      const meeting = id === null ? null : await findMeeting(db, id);
      if (meeting === null || !seesMeetingsOf(request.caller, meeting.forum))
        throw new Problem(404, `There is no meeting ${request.params.id} that you may see.`);
      return meeting;
    }
  };
}

const SEATS: ReadonlySet<string> = new Set(["chair", "secretary"]);

function isSeated(by: string, forum: string, { people }: CurrentCatalogue): boolean {
  return people.some(
    (one) => one.forum === forum && SEATS.has(one.role) && one.email.toLowerCase() === by.toLowerCase(),
  );
}

/** Meetings that came as JSON, as the file that they would be. */
function csvOf(body: unknown): Buffer {
  const read = meetingsBody.safeParse(body);
  if (!read.success) throw new Problem(400, `Send text/csv, or JSON: ${z.prettifyError(read.error).slice(0, 500)}`);
  return Buffer.from(meetingCsv(read.data.meetings.map((one) => ({ ...one, place: one.place ?? "" }))));
}

/** The London midnight with which a day begins, or one some days later. */
function beginningOf(day: string, later: number): Temporal.Instant {
  return Temporal.PlainDate.from(day).add({ days: later }).toZonedDateTime("Europe/London").toInstant();
}
