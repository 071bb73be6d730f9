import type { MailItem } from "./item.ts";
import { followThroughSamples } from "./render.follow-through-samples.ts";
import { limitsSamples } from "./render.limits-samples.ts";
import {
  context,
  fourHour,
  handover,
  item,
  ledTo,
  march,
  owed,
  owner,
  picture,
  type Sample,
  submitter,
  summary,
  twelveHour,
  uncased,
} from "./render.sample-items.ts";

/** A case newly before the SLT. */
export const raised = item("raised", fourHour);
const pictured: MailItem = { ...raised, picture: picture(1) };

const moves = [
  pictured,
  item("raised", twelveHour, { escalation: 413 }),
  item(
    "stepped-up",
    {
      ...fourHour,
      organisation: "Southvale Hospitals",
      was: "board",
      restated: true,
      before: { event: "raised", tier: "board", value: "77.9%" },
    },
    { escalation: 398, toldOn: "2024-04-16" },
  ),
];
const quieter = [
  item("raised", handover, { escalation: 414 }),
  item("standing", { ...handover, organisation: "Southvale Hospitals", since: "October 2022" }, { escalation: 415 }),
  item("stepped-down", { ...handover, was: "slt", value: "0:29:58", rag: "green" }, { escalation: 416 }),
  item("resolved", { ...fourHour, tier: "none", rag: "green", value: "80.1%" }, { escalation: 417 }),
  item("withdrawn", { ...fourHour, tier: "none", value: undefined, rag: "grey" }, { escalation: 418 }),
];

export const aDigest: Sample = { name: "digest", kind: "digest", items: moves, context };

export const samples: readonly Sample[] = [
  aDigest,
  {
    name: "digest-quieter",
    kind: "digest",
    items: quieter,
    context: { ...context, wouldGoTo: "chair@example.nhs.uk" },
  },
  {
    name: "digest-summary",
    kind: "digest",
    items: [item("summary", { title: "Summary" })],
    context: { ...context, summary },
  },
  ...limitsSamples,
  {
    name: "action-plan-request",
    kind: "action-plan-request",
    items: [item("asked", { ...fourHour, dueOn: "2026-12-08" }, { ...owner, picture: picture(1) })],
    context,
  },
  {
    name: "commentary-request",
    kind: "commentary-request",
    items: [
      item(
        "raised",
        { ...handover, dueOn: "2026-12-01" },
        { toldBecause: "you write about this figure", picture: picture(1, null) },
      ),
      item(
        "draft-threshold",
        { ...fourHour, tier: "none", provisional: true, dueOn: "2026-12-02" },
        { toldBecause: "you write about this figure" },
      ),
    ],
    context,
  },
  {
    name: "reminder",
    kind: "reminder",
    items: [item("reminder", { ...fourHour, dueOn: "2026-12-08", asksFor: "action-plan" }, owner)],
    context,
  },
  {
    name: "overdue",
    kind: "overdue",
    items: [
      item("overdue", { ...fourHour, dueOn: "2026-12-08", asksFor: "action-plan" }, owner),
      item("overdue", { ...handover, dueOn: "2026-12-04", asksFor: "commentary" }, owner),
    ],
    context,
  },
  {
    name: "overdue-acknowledgement",
    kind: "overdue",
    items: [
      item(
        "acknowledgement-ran-out",
        {
          ...fourHour,
          dueOn: "2026-12-08",
          asksFor: "next-step",
          why: "Chris Chair acknowledged it on 24 November 2026, and nothing has followed by 8 December 2026: no step down, no plan",
        },
        { toldBecause: "you are an executive there, and nothing has followed" },
      ),
    ],
    context,
  },
  {
    name: "submission-receipt",
    kind: "submission-receipt",
    items: [item("partly-accepted", march, { ...submitter, ledTo })],
    context,
  },
  {
    name: "submission-receipts",
    kind: "submission-receipt",
    items: [
      item(
        "accepted",
        { ...march, rows: { read: 2, accepted: 2, unchanged: 0, refused: 0 }, problems: [] },
        {
          ...submitter,
          ledTo: [],
        },
      ),
      item(
        "rejected",
        { ...march, filename: "figures-april.xlsx", rows: { read: 2, accepted: 0, unchanged: 0, refused: 2 } },
        {
          ...submitter,
          submission: 78,
          ledTo: [],
        },
      ),
    ],
    context,
  },
  {
    name: "sign-off",
    kind: "reminder",
    items: [
      item(
        "sign-off-asked",
        {
          title: "figures-march.csv",
          organisation: "Northwick Hospitals",
          asksFor: "sign-off",
          dueOn: "2024-04-24",
          why: "Your organisation's figures are signed off before leaders hear of them",
        },
        { escalation: null, submission: 31, toldBecause: "you are an executive there" },
      ),
    ],
    context,
  },
  {
    name: "submission-missing",
    kind: "submission-missing",
    items: [
      item(
        "missing",
        {
          title: "Monthly figures",
          organisation: "Northwick Hospitals",
          area: "Urgent and Emergency Care Board",
          periodName: "March 2024",
          metrics: ["A&E four-hour performance", "Waits of 12 hours and more"],
          why: "No value, and no reason for having none, by the submission day",
        },
        { toldBecause: "you send figures for Northwick Hospitals" },
      ),
    ],
    context,
  },
  {
    name: "submission-missing-of-a-day",
    kind: "submission-missing",
    items: [
      item("due-soon", { ...owed, dueOn: "2024-04-15", page: "/returns/RA/monthly/10/2024-03" }, uncased),
      item("missing", { ...owed, organisation: "Eastmere Ambulance & Community", dueOn: "2024-04-10" }, uncased),
      item("raised-to-owner", { ...owed, dueOn: "2024-03-14", periodName: "February 2024" }, uncased),
    ],
    context,
  },
  {
    name: "submission-missing-of-a-source",
    kind: "submission-missing",
    items: [
      item(
        "not-fetched",
        {
          title: "Source ambulance",
          organisation: "Northwick Hospitals",
          periodName: "March 2024",
          happened: "It is two working days late",
          lastAnswer: "https://figures.example.org/2024-03.csv is not there (404)",
          address: "https://figures.example.org/2024-03.csv",
          remedy: "Open the address in a browser.",
        },
        { ...uncased, toldBecause: "you are an operator, and nobody else is named for it" },
      ),
      item("missing", { ...owed, organisation: "Eastmere Ambulance & Community", dueOn: "2024-04-10" }, uncased),
    ],
    context,
  },
  {
    name: "correction",
    kind: "correction",
    items: [
      item(
        "restated",
        {
          ...fourHour,
          event: "withdrawn",
          tier: "none",
          rag: "green",
          value: "78.2%",
          limit: undefined,
          before: { event: "raised", tier: "slt", value: "74.6%" },
        },
        { toldBecause: "we told you of this before", toldOn: "2024-04-16" },
      ),
    ],
    context,
  },
  ...followThroughSamples,
];
