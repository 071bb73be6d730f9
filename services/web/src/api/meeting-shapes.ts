import {
  type AgendaCaseFacts,
  type AgendaFacts,
  type AgendaRead,
  type Meeting,
  type MeetingDecision,
  type MeetingInTurn,
  REQUEST_KINDS,
  REQUEST_STAGES,
} from "@signalbox/db";
import { AGENDA_GROUPS, type AgendaFigure, formatPeriod, type Frequency } from "@signalbox/domain";
import { z } from "zod";
import { casesOf } from "../meetings/agenda-words.ts";
import { plainText } from "./query.ts";
import { figure, id, instant, period, tier } from "./shapes.ts";

export const meetingShape = z.object({
  id,
  forum: z.string(),
  startsAt: instant,
  papersDueAt: instant,
  place: z.string(),
  cancelled: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
});

/** Meetings to enter, cell by cell as in their file. */
export const meetingsBody = z.object({
  meetings: z
    .array(
      z.object({
        forum: plainText,
        date: plainText.describe("2026-12-08"),
        time: plainText.describe("14:00"),
        papers_due: plainText.describe("2026-12-01 17:00, or a day alone"),
        place: plainText.optional(),
      }),
    )
    .min(1)
    .max(2000),
});

export const decisionShape = z.object({
  id,
  meeting: id,
  escalation: id.nullable(),
  decision: z.string(),
  askedOf: z.string().nullable(),
  dueOn: z.iso.date().nullable(),
  done: z.object({ at: instant, by: z.string(), note: z.string() }).nullable(),
  by: z.string(),
  at: instant,
});

const figureShape = z.object({ period, value: figure, rag: z.string(), board: figure, slt: figure }).nullable();

const caseShape = z.object({
  escalation: id,
  concern: z.enum(["performance", "reporting", "several-areas"]),
  metric: z.string().nullable(),
  organisation: z.string(),
  metrics: z.array(z.string()),
  areas: z.array(z.string()),
  tier,
  raisedIn: period,
  event: z.string(),
  figure: figureShape,
  figureBefore: figureShape.describe("As of the papers of the meeting before, else of the period before"),
  unsigned: z.boolean(),
  challenged: z.boolean(),
  heldForSignOff: z.boolean(),
  disputed: z.boolean(),
  plan: z.object({ id, state: z.string() }).nullable(),
  risks: z.array(
    z.object({
      organisation: z.string(),
      reference: z.string(),
      title: z.string(),
      score: z.int(),
      reviewedOn: z.iso.date().nullable(),
    }),
  ),
  commentary: z.object({ period, words: z.string(), by: z.string(), at: instant }).nullable(),
});
const headings = z.object(Object.fromEntries(AGENDA_GROUPS.map((group) => [group, z.array(caseShape)])));

const requestShape = z.object({
  kind: z.enum(REQUEST_KINDS),
  escalation: id.nullable(),
  metric: z.string().nullable(),
  organisation: z.string(),
  who: z.array(z.string()),
  dueOn: z.iso.date(),
  status: z.enum(REQUEST_STAGES),
});

export const agendaShape = z.object({
  meeting: id,
  forum: z.string(),
  since: instant,
  asOf: instant,
  frozen: z.boolean().describe("Whether the papers are out"),
  cases: headings,
  asked: z.array(requestShape).describe("What is open: overdue where its day is before that of asOf"),
  limits: z.array(z.object({ proposal: id, title: z.string(), sentBy: z.string(), sentOn: z.iso.date() })),
  investments: z.array(
    z.object({
      plan: id,
      revision: z.int(),
      organisation: z.string(),
      cost: figure,
      help: z.string(),
      escalations: z.array(id),
    }),
  ),
  changed: headings.nullable().describe("What moved since the papers"),
});

export function meetingAnswer({ id: one, forum, startsAt, papersDueAt, place, ...end }: Meeting) {
  const { cancelledAt, cancelledBy, cancelledWhy } = end;
  return {
    id: String(one),
    forum,
    startsAt: startsAt.toString(),
    papersDueAt: papersDueAt.toString(),
    place,
    cancelled:
      cancelledAt === null ? null : { at: cancelledAt.toString(), by: cancelledBy ?? "", reason: cancelledWhy ?? "" },
  };
}

export function decisionAnswer(one: MeetingDecision) {
  return {
    id: String(one.id),
    meeting: String(one.meeting),
    escalation: one.escalation === null ? null : String(one.escalation),
    decision: one.decision,
    askedOf: one.askedOf,
    dueOn: one.dueOn,
    done: one.doneAt === null ? null : { at: one.doneAt.toString(), by: one.doneBy ?? "", note: one.doneNote ?? "" },
    by: one.by,
    at: one.at.toString(),
  };
}

export function agendaAnswer({ id: meeting }: MeetingInTurn, { facts, isFrozen, changes }: AgendaRead) {
  return {
    meeting: String(meeting),
    forum: facts.forum,
    since: facts.since,
    asOf: facts.asOf,
    frozen: isFrozen,
    cases: headingsOf(facts),
    asked: facts.requests.map(({ kind, escalation, metric, organisation, recipients, dueOn, stage }) => ({
      kind,
      escalation: escalation === null ? null : String(escalation),
      metric,
      organisation,
      who: [...recipients],
      dueOn,
      status: stage,
    })),
    limits: facts.limits.map(({ id: proposal, ...one }) => ({ proposal: String(proposal), ...one })),
    investments: facts.investments.map(({ plan, escalations, ...one }) => ({
      plan: String(plan),
      ...one,
      escalations: escalations.map(String),
    })),
    changed: changes === null ? null : headingsOf(changes),
  };
}

function headingsOf(facts: AgendaFacts) {
  const groups = casesOf(facts);
  return Object.fromEntries(AGENDA_GROUPS.map((group) => [group, groups[group].map(caseAnswer)]));
}

function caseAnswer(one: AgendaCaseFacts) {
  const { frequency, plan, risks, commentary } = one;
  return {
    escalation: String(one.id),
    concern: one.concern,
    metric: one.metric,
    organisation: one.organisation,
    metrics: [...one.metrics],
    areas: [...one.areas],
    tier: one.now.tier,
    raisedIn: formatPeriod(one.raisedIn, frequency),
    event: one.now.event,
    figure: figureAnswer(one.figure, frequency),
    figureBefore: figureAnswer(one.known === null ? one.figureBefore : one.figureKnown, frequency),
    unsigned: one.isUnsigned,
    challenged: one.isChallenged,
    heldForSignOff: one.isHeldForSignOff,
    disputed: one.isDisputed,
    plan: plan === null ? null : { id: String(plan.id), state: plan.state },
    risks: risks.map(({ organisation, reference, title, score, reviewedOn }) => ({
      organisation,
      reference,
      title,
      score,
      reviewedOn,
    })),
    commentary:
      commentary === null
        ? null
        : { ...commentary, period: formatPeriod(commentary.period as typeof one.raisedIn, frequency) },
  };
}

function figureAnswer(one: AgendaFigure | null, frequency: Frequency) {
  if (one === null) return null;
  const { value, rag, board, slt } = one;
  return { period: formatPeriod(one.period, frequency), value, rag, board, slt };
}
