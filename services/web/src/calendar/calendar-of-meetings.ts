import type { CurrentCatalogue, Meeting } from "@signalbox/db";
import { ICalCalendar, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from "ical-generator";

const HOURS_BETWEEN_LOOKS = 4;
/** Nobody enters how long a meeting lasts. */
const HOURS_LONG = 2;

interface Shown {
  readonly catalogue: Pick<CurrentCatalogue, "forums">;
  readonly baseUrl: string;
}

/** Meetings as an iCalendar (RFC 5545), the day of their papers as an entry of its own; what is cancelled is struck out. */
export function calendarOfMeetings(meetings: readonly Meeting[], shown: Shown): string {
  const calendar = new ICalCalendar({
    name: "Signalbox: meetings",
    description: "When forums meet, and when their papers are due. The agendas are behind the links.",
    prodId: { company: "signalbox", product: "meetings", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: HOURS_BETWEEN_LOOKS * 3600,
    url: `${shown.baseUrl.replace(/\/$/, "")}/meetings`,
  });
  addMeetings(calendar, meetings, shown);
  return calendar.toString();
}

/** Puts meetings into a calendar, somebody's own or a forum's. The same meetings give the same bytes. */
export function addMeetings(calendar: ICalCalendar, meetings: readonly Meeting[], { catalogue, baseUrl }: Shown): void {
  const base = baseUrl.replace(/\/$/, "");
  const host = new URL(baseUrl).hostname;
  for (const { id, forum, startsAt, papersDueAt, place, cancelledAt, enteredAt } of meetings) {
    const name = plain(catalogue.forums.get(forum)?.name ?? forum);
    const link = `${base}/meetings/${id}`;
    const changed = dateOf(cancelledAt ?? enteredAt);
    const common = {
      sequence: cancelledAt === null ? 0 : 1,
      status: cancelledAt === null ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
      stamp: changed,
      lastModified: changed,
      url: link,
    };
    calendar.createEvent({
      ...common,
      id: `meeting-${id}@${host}`,
      start: dateOf(startsAt),
      end: dateOf(startsAt.add({ hours: HOURS_LONG })),
      summary: name,
      description: `Agenda: ${link}`,
      ...(place === "" ? {} : { location: plain(place) }),
    });
    calendar.createEvent({
      ...common,
      id: `papers-${id}@${host}`,
      start: dateOf(papersDueAt),
      end: dateOf(papersDueAt),
      summary: `Papers due: ${name}`,
      description: `Until then words and figures go into the agenda: ${link}`,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
}

function dateOf(at: Temporal.Instant): Date {
  return new Date(at.epochMilliseconds);
}

function plain(text: string): string {
  return text.toWellFormed().replace(/\p{Cc}+/gu, " ");
}
