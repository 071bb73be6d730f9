import type { Asked, CurrentCatalogue, Meeting } from "@signalbox/db";
import { ICalCalendar, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from "ical-generator";
import { addMeetings } from "./calendar-of-meetings.ts";

const HOURS_BETWEEN_LOOKS = 4;

const TITLES: Readonly<Record<Asked["kind"], string>> = {
  "action-plan": "Action plan",
  commentary: "Commentary",
  return: "Send",
  "sign-off": "Sign off",
  "runs-out": "Acknowledgement runs out",
  acknowledgement: "Acknowledge",
  "plan-decision": "Decide a plan",
  action: "Action",
  embedding: "Say if it is normal practice",
  challenge: "Answer a challenge",
  "case-sign-off": "Sign a case off",
  risk: "Give the risk",
  review: "Look at the case",
  decision: "Do what a meeting decided",
};

/** The meetings of the forums that somebody sits on, and what those are called. */
interface MeetingsOf {
  readonly meetings: readonly Meeting[];
  readonly catalogue: Pick<CurrentCatalogue, "forums">;
}

const NO_MEETINGS: MeetingsOf = { meetings: [], catalogue: { forums: new Map() } };

/**
 * What is asked of somebody as an iCalendar (RFC 5545): a day each, with a title that holds no figure, no limit and no rating,
 * since a calendar may lie open. What is done is cancelled. The same things give the same bytes.
 */
export function calendarOf(
  asked: readonly Asked[],
  baseUrl: string,
  { meetings, catalogue }: MeetingsOf = NO_MEETINGS,
): string {
  const base = baseUrl.replace(/\/$/, "");
  const calendar = new ICalCalendar({
    name: "Signalbox: what is due",
    description: "What is asked of you, by its day, and when your forums meet. The figures are behind the links.",
    prodId: { company: "signalbox", product: "what-is-due", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: HOURS_BETWEEN_LOOKS * 3600,
    url: `${base}/calendar`,
  });
  for (const { kind, key, about, organisation, period, dueOn, path, changedAt, isOver } of asked) {
    const changed = changedAt ?? dueOn.subtract({ months: 1 }).toZonedDateTime("UTC").toInstant();
    const link = `${base}${path}`;
    calendar.createEvent({
      id: `${key}@${new URL(baseUrl).hostname}`,
      sequence: isOver ? 1 : 0,
      status: isOver ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      allDay: true,
      start: dateOf(dueOn),
      end: dateOf(dueOn.add({ days: 1 })),
      stamp: new Date(changed.epochMilliseconds),
      lastModified: new Date(changed.epochMilliseconds),
      summary: plain([`${TITLES[kind]}: ${about}`, organisation].filter(Boolean).join(", ")),
      description: plain(period === "" ? "" : `For ${period}. `) + link,
      url: link,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  addMeetings(calendar, meetings, { catalogue, baseUrl });
  return calendar.toString();
}

/** A whole day as the generator takes it: noon, by UTC, in which it writes dates. */
function dateOf({ year, month, day }: Temporal.PlainDate): Date {
  return new Date(Date.UTC(year, month - 1, day, 12));
}

function plain(text: string): string {
  return text.toWellFormed().replace(/\p{Cc}+/gu, " ");
}
