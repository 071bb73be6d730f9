import { MEETING_COLUMNS, readMeetings } from "@signalbox/catalogue";
import { type CurrentCatalogue, enterMeetings, type Meeting, type MeetingsEntered } from "@signalbox/db";
import { type Caller, nameOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { keepsMeetings } from "./who-may.ts";

/** What is wrong with a file of meetings: line 2 is the first row, line 0 the file as a whole. */
export interface MeetingProblem {
  readonly line: number;
  readonly column: string;
  readonly message: string;
}

/** What came of a file: problems, and then nothing was entered; or how many were. */
export type MeetingsTaken =
  | { readonly problems: readonly MeetingProblem[]; readonly entered: null }
  | { readonly problems: readonly []; readonly entered: MeetingsEntered };

const MOST_ROWS = 2000;

/** Reads a file of meetings and enters all of it or nothing. `again`: one that was cancelled is meant to be there again. */
export async function takeMeetings(
  { db, clock }: Pick<Parts, "db" | "clock">,
  {
    caller,
    catalogue,
    csv,
    again = false,
  }: { caller: Caller; catalogue: CurrentCatalogue; csv: Buffer; again?: boolean },
): Promise<MeetingsTaken> {
  const { meetings, problems } = await readMeetings(csv, { forums: new Set(catalogue.forums.keys()) });
  const found: MeetingProblem[] = problems.map(({ line, column, message }) => ({ line, column, message }));
  if (found.length === 0 && meetings.length === 0)
    found.push({ line: 1, column: "file", message: "there is no meeting in it" });
  if (meetings.length > MOST_ROWS)
    found.push({ line: 0, column: "file", message: `a file has at most ${MOST_ROWS} meetings; send it in parts` });
  for (const { line, forum } of meetings) {
    if (keepsMeetings(caller, forum)) continue;
    const name = catalogue.forums.get(forum)?.name ?? forum;
    found.push({ line, column: "forum", message: `meetings of ${name} are entered by its chair or secretary` });
  }
  if (found.length > 0) return { problems: found, entered: null };
  const entered = await enterMeetings(db, meetings, { by: nameOf(caller), now: await clock.now(), again });
  if (entered.tooLate.length === 0) return { problems: [], entered };
  const message = "its papers went out already, so that their deadline is not moved any more";
  return {
    problems: entered.tooLate.map((place) => ({ line: meetings[place]?.line ?? 0, column: "papers_due", message })),
    entered: null,
  };
}

/** Meetings as the rows of their file, in London's time; what comes out goes in again and changes nothing. */
export function meetingCells({
  forum,
  startsAt,
  papersDueAt,
  place,
}: Meeting): Record<(typeof MEETING_COLUMNS)[number], string> {
  const [date, time] = londonTime(startsAt);
  return { forum, date, time, papers_due: londonTime(papersDueAt).join(" "), place };
}

/** Typed fields as the file that they would be. */
export function meetingCsv(rows: readonly Readonly<Record<string, string>>[]): string {
  const line = (cells: readonly string[]) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\r\n`;
  return [[...MEETING_COLUMNS], ...rows.map((row) => MEETING_COLUMNS.map((column) => row[column] ?? ""))]
    .map(line)
    .join("");
}

function londonTime(at: Temporal.Instant): [date: string, time: string] {
  const local = at.toZonedDateTimeISO("Europe/London");
  return [local.toPlainDate().toString(), local.toPlainTime().toString({ smallestUnit: "minute" })];
}
