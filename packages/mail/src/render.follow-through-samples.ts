import { context, fourHour, handover, item, type Sample } from "./render.sample-items.ts";

const asked = { toldBecause: "this is asked of you" };
const byName = { toldBecause: "you own this figure" };
const action = {
  title: "Open a second triage room",
  organisation: "Northwick Hospitals",
  why: "It is action 2 of the plan for A&E four-hour performance, which was accepted",
  answerAt: "/actions/57",
  asksFor: "action",
};
const took = { toldBecause: "you took part in this" };

/** The mails that follow a case through. */
export const followThroughSamples: readonly Sample[] = [
  {
    name: "request",
    kind: "request",
    items: [
      item(
        "asked-plan-decision",
        { ...fourHour, dueOn: "2026-12-08", asksFor: "plan-decision", answerAt: "/action-plans/31" },
        asked,
      ),
    ],
    context,
  },
  {
    name: "requests",
    kind: "request",
    items: [
      item(
        "asked-plan-decision",
        { ...fourHour, dueOn: "2026-12-08", asksFor: "plan-decision", answerAt: "/action-plans/31" },
        asked,
      ),
      item("asked-risk", { ...handover, dueOn: "2026-12-04", asksFor: "risk" }, asked),
    ],
    context,
  },
  {
    name: "request-by-link",
    kind: "request",
    items: [
      item(
        "asked-challenge",
        {
          ...fourHour,
          dueOn: "2026-12-08",
          asksFor: "challenge",
          answerAt: "/answer/7-1797292800-dGhpcyBpcyBubyBzaWduYXR1cmUgb2Ygb3Vycy4uLi4",
          linkUntil: "2026-12-15",
        },
        asked,
      ),
    ],
    context,
  },
  {
    name: "follow-up",
    kind: "follow-up",
    items: [item("plan-accepted", { ...fourHour, headline: "Action plan accepted", said: "Report in January." }, took)],
    context,
  },
  {
    name: "request-acknowledgement-and-plan",
    kind: "action-plan-request",
    items: [item("asked-action-plan", { ...fourHour, dueOn: "2026-12-08", seenBy: "2026-11-26" }, byName)],
    context,
  },
  {
    name: "request-sent-back",
    kind: "action-plan-request",
    items: [
      item(
        "asked-action-plan",
        {
          ...fourHour,
          dueOn: "2026-12-08",
          asksFor: "action-plan",
          headline: "Action plan sent back",
          said: "Say who opens the second room, and by when.",
          answerAt: "/action-plans/31",
        },
        byName,
      ),
    ],
    context,
  },
  {
    name: "request-action",
    kind: "request",
    items: [item("asked-action", { ...action, dueOn: "2026-12-08" }, asked)],
    context,
  },
  {
    name: "request-embedding",
    kind: "request",
    items: [
      item(
        "asked-embedding",
        { ...fourHour, dueOn: "2026-12-08", asksFor: "embedding", answerAt: "/actions/of-plan/31" },
        asked,
      ),
    ],
    context,
  },
  {
    name: "request-case-sign-off",
    kind: "request",
    items: [
      item(
        "asked-case-sign-off",
        {
          ...fourHour,
          rag: "green",
          value: "78.1%",
          why: "The figure has recovered",
          dueOn: "2026-12-08",
          asksFor: "case-sign-off",
        },
        asked,
      ),
    ],
    context,
  },
  {
    name: "request-decision",
    kind: "request",
    items: [
      item(
        "asked-decision",
        {
          title: "A&E four-hour performance",
          organisation: "Northwick Hospitals",
          dueOn: "2026-12-08",
          asksFor: "decision",
          said: "Bring the new rota to the next meeting.",
          why: "A meeting asked it of you",
          answerAt: "/decisions/9",
        },
        asked,
      ),
    ],
    context,
  },
  {
    name: "request-in-place-of",
    kind: "request",
    items: [
      item(
        "asked-risk",
        { ...fourHour, dueOn: "2026-12-08", asksFor: "risk" },
        { toldBecause: "it comes to you in place of Olu Owner, away until 11 December 2026" },
      ),
    ],
    context,
  },
  {
    name: "reminder-on-the-day",
    kind: "reminder",
    items: [item("due", { ...action, dueOn: "2026-12-08" }, { toldBecause: "you were asked" })],
    context: { ...context, today: "2026-12-08" },
  },
  {
    name: "reminders-some-on-the-day",
    kind: "reminder",
    items: [
      item("due", { ...action, dueOn: "2026-12-08" }, { toldBecause: "you were asked" }),
      item("reminder", { ...handover, asksFor: "risk", dueOn: "2026-12-10" }, { toldBecause: "you were asked" }),
    ],
    context: { ...context, today: "2026-12-08" },
  },
  {
    name: "follow-up-covered",
    kind: "follow-up",
    items: [
      item(
        "case-choice",
        {
          ...fourHour,
          headline: "Covered by action plan 31: no plan of its own is asked for",
          said: "One plan for the whole front door.",
        },
        took,
      ),
    ],
    context,
  },
  {
    name: "follow-ups",
    kind: "follow-up",
    items: [
      item(
        "investment-decided",
        { ...fourHour, headline: "Agreed in part: £120,000", why: "Urgent and Emergency Care Board decided it" },
        took,
      ),
      item(
        "another-day-agreed",
        { ...action, asksFor: undefined, headline: "Another day was agreed", dueOn: "2026-12-15" },
        took,
      ),
    ],
    context,
  },
];
