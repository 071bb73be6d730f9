import { actionLog, agendaAt, agendaSince, decisionsOfMeeting, type MeetingInTurn } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { agendaDocx } from "../../meetings/agenda-docx.ts";
import { agendaShown } from "../../meetings/agenda-words.ts";
import { chartsOfAgenda } from "../../meetings/charts-of-agenda.ts";
import { logLine } from "../../meetings/log-lines.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import { moment } from "../../views.ts";
import { agendaOut, logOut } from "./agenda-out.ts";
import { meetingPage } from "./meeting-page.ts";
import type { MeetingPages } from "./meetings.ts";

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

interface OfMeeting {
  Params: { id: string };
  Querystring: { as?: unknown; table?: unknown };
}

/** /meetings/ID: the agenda, its action log, and both as a Word document. */
export function agendaPages(app: FastifyInstance, of: MeetingPages): void {
  const { db, clock, pages, catalogueInForce, theMeeting } = of;

  app.get<OfMeeting>("/meetings/:id", async (request, reply) => {
    const as = formatAsked(request.query.as);
    const meeting = await theMeeting(request);
    if (as === null) return meetingPage(of, request, reply, { meeting });
    const { agenda } = await readAgendaOf(meeting);
    return sendTable(reply, agendaOut(agenda, request.query.table), as);
  });

  app.get<OfMeeting>("/meetings/:id/log", async (request, reply) => {
    const as = formatAsked(request.query.as);
    const meeting = await theMeeting(request);
    const { catalogue, lines, decided } = await readLogOf(meeting);
    if (as !== null) return sendTable(reply, logOut(request.query.table === "decided" ? decided : lines), as);
    const context = {
      meeting,
      forum: catalogue.forums.get(meeting.forum)?.name ?? meeting.forum,
      when: moment(meeting.startsAt),
      lines,
      decided,
    };
    return pages.show(request, reply, { template: "meeting-log", context });
  });

  app.get<OfMeeting>("/meetings/:id/agenda.docx", async (request, reply) => sendDocx(request, reply));

  async function sendDocx(request: FastifyRequest<OfMeeting>, reply: FastifyReply): Promise<FastifyReply> {
    const meeting = await theMeeting(request);
    const [{ agenda, catalogue, now }, { lines, decided }] = await Promise.all([
      readAgendaOf(meeting),
      readLogOf(meeting),
    ]);
    const bytes = await agendaDocx({
      agenda,
      log: lines,
      decided: decided.map(({ decision, about, askedOf, dueOn }) => ({
        decision,
        about,
        asked: askedOf === "" ? "" : `${askedOf}, by ${dueOn}`,
      })),
      charts: await chartsOfAgenda(db, agenda, catalogue),
      printedAt: moment(now),
    });
    const day = dayOf(meeting.startsAt).toString();
    const forum = meeting.forum.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    return reply
      .type(DOCX)
      .header("cache-control", "no-store")
      .header("content-disposition", `attachment; filename="agenda-${forum}-${day}.docx"`)
      .send(bytes);
  }

  async function readAgendaOf(meeting: MeetingInTurn) {
    const [catalogue, now] = await Promise.all([catalogueInForce(), clock.now()]);
    return { catalogue, now, agenda: agendaShown(await agendaAt(db, meeting, now), meeting, catalogue) };
  }

  async function readLogOf(meeting: MeetingInTurn) {
    const { id, forum, startsAt } = meeting;
    const [catalogue, now] = await Promise.all([catalogueInForce(), clock.now()]);
    const [open, own] = await Promise.all([
      actionLog(db, { forum, startsAt, doneSince: agendaSince(meeting) }),
      decisionsOfMeeting(db, id),
    ]);
    const given = { catalogue, today: dayOf(now) };
    return { catalogue, lines: open.map((one) => logLine(one, given)), decided: own.map((one) => logLine(one, given)) };
  }
}
