import { agendaAt, decisionsOfMeeting, type MeetingInTurn } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyReply, FastifyRequest } from "fastify";
import { agendaShown, casesToDecide } from "../../meetings/agenda-words.ts";
import { logLine } from "../../meetings/log-lines.ts";
import type { DecisionFaults, DecisionGiven } from "../../meetings/record-decision.ts";
import { keepsMeetings, recordsDecisions } from "../../meetings/who-may.ts";
import { moment } from "../../views.ts";
import type { MeetingPages } from "./meetings.ts";

/** How many lines of each list a page shows; the rest is in the document and the tables. */
const SHOWN = 20;
const WORDS_SHOWN = 600;
const CASES_OFFERED = 300;

const NOTHING_GIVEN: DecisionGiven = { escalation: "", decision: "", askedOf: "", dueOn: "" };

/** What was sent and is wrong: of a decision by field, of a cancellation its reason. */
export interface Wrong {
  readonly decision?: { readonly given: DecisionGiven; readonly faults: DecisionFaults };
  readonly cancelling?: { readonly reason: string; readonly error: string };
}

/** The page of a meeting: its agenda, what it decided, and what may be done. */
export async function meetingPage(
  { db, clock, pages, catalogueInForce }: MeetingPages,
  request: FastifyRequest,
  reply: FastifyReply,
  { meeting, wrong = {} }: { meeting: MeetingInTurn; wrong?: Wrong },
): Promise<FastifyReply> {
  const [catalogue, now] = await Promise.all([catalogueInForce(), clock.now()]);
  const [read, decided] = await Promise.all([agendaAt(db, meeting, now), decisionsOfMeeting(db, meeting.id, SHOWN)]);
  const agenda = agendaShown(read, meeting, catalogue);
  const mayRecord = meeting.cancelledAt === null && recordsDecisions(request.caller, meeting.forum);
  const errors = [
    ...Object.entries(wrong.decision?.faults ?? {}).map(([name, text]) => ({ text, href: `#${name}` })),
    ...(wrong.cancelling === undefined ? [] : [{ text: wrong.cancelling.error, href: "#reason" }]),
  ];
  const context = {
    meeting,
    agenda: {
      ...agenda,
      commentary: agenda.commentary.slice(0, SHOWN).map((one) => ({ ...one, words: cutShort(one.words) })),
    },
    shown: SHOWN,
    decided: decided.map((one) => logLine(one, { catalogue, today: dayOf(now) })),
    isOver: Temporal.Instant.compare(now, meeting.startsAt) > 0,
    cancelledAt: moment(meeting.cancelledAt),
    mayRecord,
    mayCancel: meeting.cancelledAt === null && keepsMeetings(request.caller, meeting.forum),
    cases: mayRecord
      ? [...casesToDecide(read, catalogue)]
          .slice(0, CASES_OFFERED)
          .map(([id, about]) => ({ id, name: `${about} (case ${id})` }))
      : [],
    people: mayRecord ? peopleNamed(catalogue.people) : [],
    given: wrong.decision?.given ?? { ...NOTHING_GIVEN, escalation: caseAsked(request) },
    faults: wrong.decision?.faults ?? {},
    cancelling: wrong.cancelling,
    errors,
  };
  return pages.show(request, reply, {
    template: "meeting",
    status: errors.length > 0 ? 400 : 200,
    form: true,
    context,
  });
}

function cutShort(words: string): string {
  return words.length > WORDS_SHOWN ? `${words.slice(0, WORDS_SHOWN).toWellFormed()}…` : words;
}

/** The case that an address asks to decide on. */
function caseAsked({ query }: FastifyRequest): string {
  const { case: one } = query as { case?: unknown };
  return typeof one === "string" && /^\d{1,15}$/.test(one) ? one : "";
}

function peopleNamed(people: readonly { readonly email: string; readonly name: string }[]) {
  const byAddress = new Map(people.map(({ email, name }) => [email.toLowerCase(), name]));
  return [...byAddress].slice(0, 400).map(([email, name]) => ({ email, name }));
}
