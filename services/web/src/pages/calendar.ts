import {
  askedOf,
  catalogueReader,
  calendarMadeAt,
  findPerson,
  type KnownPerson,
  listMeetings,
  type Meeting,
  makeCalendarToken,
  personOfCalendar,
  revokeCalendarToken,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyRequest } from "fastify";
import { createHash } from "node:crypto";
import { Attempts, networkOf, refuseTooMany } from "../attempts.ts";
import { calendarOf } from "../calendar/calendar-of.ts";
import { Problem } from "../problem.ts";
import type { PagesOf } from "./all.ts";

/** How many wrong addresses one place of the network may ask for, and how often one calendar may be fetched. */
const WRONG = { max: 30, seconds: 60 } as const;
const FETCHED = { max: 30, seconds: 60 } as const;
/** Meetings of the last 60 days stay, so that a calendar can strike out what was cancelled. */
const HOURS_KEPT = 24 * 60;
const MEETINGS_AT_MOST = 1000;

/** /calendar: somebody's own address of what is due to them, made and ended here; and the calendar itself. */
export const calendarPages: PagesOf = (app, { db, clock, config, machineNow }, pages) => {
  const wrong = new Attempts(WRONG, machineNow);
  const fetched = new Attempts(FETCHED, machineNow);
  const readCatalogue = catalogueReader();

  app.get("/calendar", async (request, reply) => {
    const person = addressOf(request);
    const madeAt = person === null ? null : await calendarMadeAt(db, person);
    const context = { hasAddress: person !== null, madeAt, ended: "ended" in (request.query as object) };
    return pages.show(request, reply, { template: "calendar", form: true, context });
  });

  app.post("/calendar", async (request, reply) => {
    const now = machineNow();
    const token = await makeCalendarToken(db, { person: ownAddressOf(request), now });
    const link = `${config.baseUrl.replace(/\/$/, "")}/calendar/${token}.ics`;
    const context = { hasAddress: true, madeAt: now, link, webcal: link.replace(/^https?:/, "webcal:") };
    return pages.show(request, reply, { template: "calendar", form: true, context });
  });

  app.post("/calendar/end", async (request, reply) => {
    await revokeCalendarToken(db, { person: ownAddressOf(request), now: machineNow() });
    return reply.redirect("/calendar?ended", 303);
  });

  app.get<{ Params: { token: string } }>("/calendar/:token.ics", async (request, reply) => {
    const email = await personOfCalendar(db, request.params.token);
    // Asked for nobody too, so that an address that was never made takes as long as one that has ended.
    const person = await findPerson(db, email ?? "", dayOf(await clock.now()).toString());
    if (person === null) {
      refuseTooMany(reply, wrong.count(networkOf(request.ip)), "Too many calendars that are not there were asked for.");
      throw new Problem(404, "There is no such calendar: its address may have been ended.");
    }
    refuseTooMany(reply, fetched.count(person.email), "This calendar is asked for too often.");
    const now = await clock.now();
    const [asked, meetings, catalogue] = await Promise.all([
      askedOf(db, person, now),
      meetingsOf(person, now),
      readCatalogue(db),
    ]);
    const text = calendarOf(asked, config.baseUrl, { meetings, catalogue: catalogue ?? { forums: new Map() } });
    const etag = `"${createHash("sha256").update(text).digest("base64url")}"`;
    reply.header("etag", etag).header("cache-control", "private, no-cache");
    if (request.headers["if-none-match"]?.split(/,\s*/).includes(etag)) return reply.code(304).send();
    return reply
      .type("text/calendar; charset=utf-8")
      .header("content-disposition", 'attachment; filename="signalbox.ics"')
      .send(text);
  });

  /** The meetings of the forums that somebody sits on, watches or keeps. */
  async function meetingsOf({ seats }: KnownPerson, now: Temporal.Instant): Promise<Meeting[]> {
    const forums = [...new Set([...seats.values()].flat())];
    const from = now.subtract({ hours: HOURS_KEPT });
    return (await listMeetings(db, { forums, from }, { skip: 0, limit: MEETINGS_AT_MOST })).meetings;
  }
};

/** In small letters; null of the operator of this machine and of a key, who are nobody in the catalogue. */
function addressOf({ caller }: FastifyRequest): string | null {
  return caller.kind === "person" || caller.kind === "operator" ? (caller.person?.email ?? null) : null;
}

function ownAddressOf(request: FastifyRequest): string {
  const person = addressOf(request);
  if (person === null) throw new Problem(409, "A calendar is somebody's own: sign in with your e-mail address first.");
  return person;
}
