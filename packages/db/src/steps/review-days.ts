import { dayOf, type Frequency, nextPassing, rulesFor, submissionDay } from "@signalbox/domain";
import type { Kysely } from "kysely";
import { nextMeetings } from "../meetings/next-meeting.ts";
import type { Database } from "../tables.ts";
import { protocolInForce } from "./protocol-in-force.ts";

/** When forums next look at what stands before them. */
export interface ReviewDays {
  /** "2026-12-08" of the next meeting, by the forum's code; one without a meeting is left out. */
  readonly meetings: ReadonlyMap<string, string>;
  /** The next submission day, for forums without a meeting. */
  readonly without: Readonly<Record<Frequency, string>>;
}

/** Reads when each forum next looks at what stands before it, as London days. */
export async function reviewDays(db: Kysely<Database>, now: Temporal.Instant): Promise<ReviewDays> {
  const protocol = await protocolInForce(db);
  const next = (frequency: Frequency) => {
    const { dueWorkingDay } = rulesFor(protocol, frequency).submission;
    return submissionDay(nextPassing(now, frequency, dueWorkingDay).period, frequency, dueWorkingDay).toString();
  };
  const meetings = await nextMeetings(db, now);
  return {
    meetings: new Map([...meetings].map(([forum, { startsAt }]) => [forum, dayOf(startsAt).toString()])),
    without: { monthly: next("monthly"), quarterly: next("quarterly") },
  };
}
