import { context, fourHour, handover, item, type Sample } from "./render.sample-items.ts";

const asked = { toldBecause: "this is asked of you" };
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
];
