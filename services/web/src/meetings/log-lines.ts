import type { CurrentCatalogue, MeetingDecision } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import { dayInWords } from "@signalbox/mail";
import { addressesOf } from "../acting.ts";
import type { Caller } from "../callers.ts";
import { nameOfPerson } from "../names-of-people.ts";
import { recordsDecisions } from "./who-may.ts";

/** What a meeting decided, in words, and how it stands. */
export interface LogLine {
  readonly id: number;
  readonly decision: string;
  readonly about: string;
  /** Its case; null of a decision of no case. */
  readonly escalation: number | null;
  readonly askedOf: string;
  readonly dueOn: string;
  readonly metOn: string;
  readonly meeting: number;
  readonly state: "open" | "due" | "overdue" | "done" | "noted";
  /** "Overdue by 3 days", "Done on 4 December 2026: …" */
  readonly stands: string;
}

/** A decision as a log shows it on a day; what is asked of nobody is only noted. */
export function logLine(
  one: MeetingDecision,
  { catalogue, today }: { catalogue: CurrentCatalogue; today: Temporal.PlainDate },
): LogLine {
  const { state, stands } = howItStands(one, today);
  const organisation =
    one.organisation === null ? "" : (catalogue.organisations.get(one.organisation)?.name ?? one.organisation);
  const metric = one.metric === null ? "" : (catalogue.metrics.get(one.metric)?.name ?? one.metric);
  return {
    id: one.id,
    decision: one.decision,
    about: one.escalation === null ? "" : [metric || `Case ${one.escalation}`, organisation].filter(Boolean).join(", "),
    escalation: one.escalation,
    askedOf: one.askedOf === null ? "" : nameOfPerson(catalogue, one.askedOf),
    dueOn: one.dueOn === null ? "" : dayInWords(one.dueOn),
    metOn: dayInWords(dayOf(one.metAt).toString()),
    meeting: one.meeting,
    state,
    stands,
  };
}

function howItStands(
  { askedOf, dueOn, doneAt, doneNote }: MeetingDecision,
  today: Temporal.PlainDate,
): Pick<LogLine, "state" | "stands"> {
  if (doneAt !== null)
    return {
      state: "done",
      stands: `Done on ${dayInWords(dayOf(doneAt).toString())}${doneNote ? `: ${doneNote}` : ""}`,
    };
  if (askedOf === null) return { state: "noted", stands: "Recorded" };
  if (dueOn === null) return { state: "open", stands: "Open" };
  const days = today.until(Temporal.PlainDate.from(dueOn), { largestUnit: "day" }).days;
  if (days === 0) return { state: "due", stands: "Due today" };
  if (days > 0) return { state: "open", stands: "Open" };
  return { state: "overdue", stands: days === -1 ? "Overdue by 1 day" : `Overdue by ${-days} days` };
}

/** Whether somebody may say that a decision is done: whom it is asked of, and who records the forum's decisions. */
export function mayComplete(caller: Caller, { forum, askedOf }: Pick<MeetingDecision, "forum" | "askedOf">): boolean {
  if (askedOf === null) return false;
  return recordsDecisions(caller, forum) || addressesOf(caller).includes(askedOf.toLowerCase());
}
