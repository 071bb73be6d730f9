import { atTime } from "@signalbox/domain";
import { filesInMemory } from "./catalogue-files.ts";
import { type Cells, quoted } from "./cells.ts";
import { suggestion } from "./nearest.ts";
import type { Problem } from "./problem.ts";
import { readTable } from "./read-table.ts";

/** A meeting as a row of meetings.csv says it. */
export interface MeetingRow {
  readonly line: number;
  readonly forum: string;
  readonly startsAt: Temporal.Instant;
  readonly papersDueAt: Temporal.Instant;
  readonly place: string;
}

/** The columns of meetings.csv; dates and times are London's. */
export const MEETING_COLUMNS = ["forum", "date", "time", "papers_due", "place"] as const;
type Column = (typeof MEETING_COLUMNS)[number];

/** Papers that are due on a day alone are due when offices close. */
const PAPERS_DUE_BY = "17:00";

const LONGEST_PLACE = 200;
const YEARS = { first: 2000, last: 2100 } as const;

/**
 * Reads meetings with their paper deadlines: problems by line and column, and the rows, which count only where there is no
 * problem. Each forum and beginning may stand once.
 */
export async function readMeetings(
  csv: Buffer,
  { forums }: { readonly forums: ReadonlySet<string> },
): Promise<{ readonly meetings: readonly MeetingRow[]; readonly problems: readonly Problem[] }> {
  const meetings: MeetingRow[] = [];
  const lines = new Map<string, number>();
  const shape = { file: "meetings.csv", columns: MEETING_COLUMNS, mayLack: ["place"] } as const;
  const read = await readTable<Column>(filesInMemory(new Map([["meetings.csv", csv]])), shape, (cells) => {
    const meeting = meetingOf(cells, forums);
    if (meeting === null) return;
    const key = `${meeting.forum} ${meeting.startsAt.toString()}`;
    const first = lines.get(key);
    if (first !== undefined) {
      cells.problem("time", `the same meeting is in line ${first} already`);
      return;
    }
    lines.set(key, cells.line);
    meetings.push(meeting);
  });
  return { meetings, problems: read.problems.all() };
}

function meetingOf(cells: Cells<Column>, forums: ReadonlySet<string>): MeetingRow | null {
  const forum = knownForum(cells, forums);
  const date = dayIn(cells, "date", cells.needed("date"));
  const time = timeIn(cells, "time", cells.needed("time"));
  const papers = papersIn(cells);
  const place = cells.text("place") ?? "";
  if (place.length > LONGEST_PLACE) cells.problem("place", `a place has at most ${LONGEST_PLACE} characters`);
  if (forum === null || date === null || time === null || papers === null || cells.faulty) return null;
  const startsAt = atTime(date, time);
  const papersDueAt = atTime(papers.date, papers.time);
  if (Temporal.Instant.compare(papersDueAt, startsAt) > 0) {
    cells.problem("papers_due", "papers are due before the meeting begins, or when it does");
    return null;
  }
  return { line: cells.line, forum, startsAt, papersDueAt, place };
}

function knownForum(cells: Cells<Column>, forums: ReadonlySet<string>): string | null {
  const code = cells.needed("forum");
  if (code === null || forums.has(code)) return code;
  return cells.problem("forum", () => `there is no forum ${quoted(code)}${suggestion(code, forums)}`);
}

/** "2026-12-01 17:00", or a day alone. */
function papersIn(cells: Cells<Column>): { date: Temporal.PlainDate; time: string } | null {
  const text = cells.needed("papers_due");
  if (text === null) return null;
  const [day, time] = text.split(/[ T]+/, 2);
  const date = dayIn(cells, "papers_due", day ?? "");
  const at = time === undefined ? PAPERS_DUE_BY : timeIn(cells, "papers_due", time);
  return date === null || at === null ? null : { date, time: at };
}

function dayIn(cells: Cells<Column>, column: Column, text: string | null): Temporal.PlainDate | null {
  if (text === null) return null;
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  const iso = year === undefined ? text : `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  const date = /^\d{4}-\d\d-\d\d$/.test(iso) ? plainDate(iso) : null;
  if (date !== null && date.year >= YEARS.first && date.year <= YEARS.last) return date;
  return cells.problem(column, `${quoted(text)} is no day such as 2026-12-08`);
}

function plainDate(iso: string): Temporal.PlainDate | null {
  const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  return isDay ? Temporal.PlainDate.from({ year, month, day }) : null;
}

function timeIn(cells: Cells<Column>, column: Column, text: string | null): string | null {
  if (text === null) return null;
  const [, hour, minute] = /^(\d{1,2}):(\d\d)(?::00)?$/.exec(text) ?? [];
  if (hour !== undefined && minute !== undefined && Number(hour) <= 23 && Number(minute) <= 59)
    return `${hour.padStart(2, "0")}:${minute}`;
  return cells.problem(column, `${quoted(text)} is no time such as 14:00`);
}
