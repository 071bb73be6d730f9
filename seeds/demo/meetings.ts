import { addWorkingDays, atTime } from "@signalbox/domain";

/** When each forum meets: the n-th weekday (1 is Monday) of a month, at a London time, some months apart. */
const FORUMS = [
  { code: "uec", nth: 1, weekday: 2, time: "14:00", place: "Boardroom, Westmere House" },
  { code: "elec", nth: 1, weekday: 3, time: "10:00", place: "Room 2, Westmere House" },
  { code: "mh", nth: 2, weekday: 1, time: "09:30", place: "Larch Room, Heron Court" },
  { code: "pac", nth: 2, weekday: 4, time: "13:30", place: "Community Hall, Mill Street" },
  { code: "qs", nth: 3, weekday: 2, time: "10:00", place: "Boardroom, Westmere House" },
  { code: "slt", nth: 4, weekday: 3, time: "08:45", place: "Boardroom, Westmere House" },
] as const;

const MONTHS_BEFORE = 2;
const MONTHS_AHEAD = 12;
/** Papers are due so many working days before a meeting, at noon. */
const PAPERS_BEFORE = 5;
const PAPERS_AT = "12:00";

/**
 * The meetings of the demo's forums as of a day, as meetings.csv: the last two months and the coming year, on working days.
 * The same day gives the same text.
 */
export function demoMeetings(today: Temporal.PlainDate): string {
  const first = today.with({ day: 1 }).subtract({ months: MONTHS_BEFORE });
  const rows = FORUMS.flatMap(({ code, nth, weekday, time, place }) =>
    Array.from({ length: MONTHS_BEFORE + MONTHS_AHEAD + 1 }, (_, month) => {
      const day = addWorkingDays(nthWeekday(first.add({ months: month }), nth, weekday), 0);
      const papers = addWorkingDays(day, -PAPERS_BEFORE);
      return {
        at: atTime(day, time),
        cells: [code, day.toString(), time, `${papers.toString()} ${PAPERS_AT}`, `"${place}"`],
      };
    }),
  ).toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
  return ["forum,date,time,papers_due,place", ...rows.map(({ cells }) => cells.join(",")), ""].join("\r\n");
}

function nthWeekday(firstOfMonth: Temporal.PlainDate, nth: number, weekday: number): Temporal.PlainDate {
  const days = (weekday - firstOfMonth.dayOfWeek + 7) % 7;
  return firstOfMonth.add({ days: days + 7 * (nth - 1) });
}
