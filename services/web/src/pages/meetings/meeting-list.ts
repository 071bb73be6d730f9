import { MEETING_COLUMNS } from "@signalbox/catalogue";
import { listMeetings, type MeetingFilter } from "@signalbox/db";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { calendarOfMeetings } from "../../calendar/calendar-of-meetings.ts";
import { meetingCells } from "../../meetings/take-meetings.ts";
import { forumsKept, meetingsSeen } from "../../meetings/who-may.ts";
import { addressWith, pageAsked, pageOf } from "../../page-of.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { MeetingPages } from "./meetings.ts";

const A_PAGE = 20;
const ALL = 10_000;
/** How far back a calendar goes. */
const HOURS_KEPT = 24 * 60;

interface Query {
  forum?: unknown;
  past?: unknown;
  page?: unknown;
  as?: unknown;
}

/** /meetings: when the forums meet that somebody sees, coming or past; as a table, and /meetings.ics as a calendar. */
export function meetingList(app: FastifyInstance, { db, clock, config, pages, catalogueInForce }: MeetingPages): void {
  app.get<{ Querystring: Query }>("/meetings", async (request, reply) => {
    const as = formatAsked(request.query.as);
    const [catalogue, now] = await Promise.all([catalogueInForce(), clock.now()]);
    const { forums, forum } = chosenForum(request);
    const past = request.query.past === "yes";
    const filter: MeetingFilter = { forums, forum, ...(past ? { until: now } : { from: now }) };
    if (as !== null) {
      const { meetings } = await listMeetings(
        db,
        { ...filter, cancelled: false },
        { skip: 0, limit: ALL, latestFirst: past },
      );
      const columns = MEETING_COLUMNS.map((key) => ({ key, title: key }));
      return sendTable(reply, { name: "meetings", columns, rows: meetings.map(meetingCells) }, as);
    }
    const page = pageAsked(request.query.page);
    const read = await listMeetings(db, filter, { skip: (page - 1) * A_PAGE, limit: A_PAGE, latestFirst: past });
    const address = addressWith("/meetings", { forum: forum ?? "", past: past ? "yes" : "" });
    const seen = [...catalogue.forums.values()].filter(({ code }) => forums === null || forums.includes(code));
    const context = {
      past,
      chosen: forum ?? "",
      forums: seen,
      meetings: read.meetings.map((one) => ({ ...one, name: catalogue.forums.get(one.forum)?.name ?? one.forum })),
      paged: pageOf(read.total, { page, size: A_PAGE, address }),
      mayAdd: forumsKept(request.caller, catalogue).length > 0,
      entered: countsIn(request.query),
    };
    return pages.show(request, reply, { template: "meetings", context });
  });

  app.get<{ Querystring: Query }>("/meetings.ics", async (request, reply) => {
    const [catalogue, now] = await Promise.all([catalogueInForce(), clock.now()]);
    const from = now.subtract({ hours: HOURS_KEPT });
    const { meetings } = await listMeetings(db, { ...chosenForum(request), from }, { skip: 0, limit: ALL });
    const text = calendarOfMeetings(meetings, { catalogue, baseUrl: config.baseUrl });
    return reply
      .type("text/calendar; charset=utf-8")
      .header("content-disposition", 'attachment; filename="meetings.ics"')
      .send(text);
  });
}

/** The forums somebody sees, and the one they ask for. */
function chosenForum({
  caller,
  query,
}: FastifyRequest<{ Querystring: Query }>): Pick<MeetingFilter, "forums" | "forum"> {
  const { forum } = query;
  const isGiven = typeof forum === "string" && forum !== "" && forum.length <= 64;
  return { forums: meetingsSeen(caller), forum: isGiven ? forum.replaceAll("\0", "").toWellFormed() : undefined };
}

/** What was just entered, as the address says it. */
function countsIn(query: object): Readonly<Record<string, number>> | null {
  const of = (name: string) => {
    const value = (query as Readonly<Record<string, unknown>>)[name];
    return typeof value === "string" && /^\d{1,5}$/.test(value) ? Number(value) : 0;
  };
  if (!("added" in query)) return null;
  return { added: of("added"), changed: of("changed"), unchanged: of("unchanged"), leftCancelled: of("left") };
}
