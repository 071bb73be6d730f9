import { type LedToCase, type MailItem, readDetail } from "./item.ts";
import type { MailKind } from "./kinds.ts";
import type { Context } from "./render.ts";
import type { StandingSummary } from "./standing-summary.ts";

/** Invented mails, one or two of each kind, for the golden files and for looking at. */
interface Sample {
  readonly name: string;
  readonly kind: MailKind;
  readonly items: readonly MailItem[];
  readonly context: Context;
}

const context: Context = {
  baseUrl: "https://signalbox.example.nhs.uk",
  sender: "Signalbox <signalbox@example.nhs.uk>",
  summary: null,
  wouldGoTo: null,
};

const fourHour = {
  title: "A&E four-hour performance",
  organisation: "Northwick Hospitals",
  area: "Urgent and Emergency Care Board",
  periodName: "March 2024",
  tier: "slt",
  rag: "red",
  value: "74.6%",
  limit: "75.0% (SLT limit)",
  plan: "76.0%",
  since: "January 2024",
  why: "Past the SLT limit",
};
const twelveHour = {
  ...fourHour,
  title: "Waits of 12 hours and more",
  value: "1,204",
  limit: "900 (SLT limit)",
  plan: "850",
};
const handover = {
  title: "Ambulance handover, mean",
  organisation: "Eastmere Ambulance & Community",
  area: "Urgent and Emergency Care Board",
  periodName: "March 2024",
  tier: "board",
  rag: "amber",
  value: "0:34:08",
  limit: "0:30:00 (board limit)",
  since: "March 2024",
  why: "Worse in three months in a row, and special cause of concern",
  provisional: true,
};

const owed = {
  title: "Figures have not come in",
  organisation: "Northwick Hospitals",
  periodName: "March 2024",
  metrics: ["A&E four-hour performance"],
  why: "You submit figures for this organisation",
};
const uncased = { escalation: null, toldBecause: "you submit figures for this organisation" };

const item = (reason: string, detail: object, more: Partial<MailItem> = {}): MailItem => ({
  escalation: 412,
  submission: null,
  reason,
  toldBecause: "you chair the Urgent and Emergency Care Board",
  toldOn: null,
  detail: readDetail(detail),
  ...more,
});

const owner = { toldBecause: "you own this figure" };
const submitter = { escalation: null, submission: 77, toldBecause: "you sent this file" };

const march = {
  title: "figures-march.csv",
  filename: "figures-march.csv",
  organisation: "Northwick Hospitals",
  rows: { read: 124, accepted: 119, unchanged: 3, refused: 2 },
  problems: ['Row 14, value: "#REF!" is a spreadsheet error', "Row 20, metric: no metric has the code ae-5h; ae-4h?"],
};
const ledTo: readonly LedToCase[] = [
  { title: "A&E four-hour performance", escalation: 412, event: "raised", tier: "slt", restated: false },
  { title: "Waits of 12 hours and more", escalation: 413, event: "raised", tier: "board", restated: true },
  { title: "Ambulance handover, mean", escalation: 414, event: "resolved", tier: "none", restated: false },
].map((one) => ({ ...one, organisation: "Northwick Hospitals", periodName: "March 2024" }) as LedToCase);

const summary: StandingSummary = {
  periodName: "March 2024",
  cases: Array.from({ length: 27 }, (_, i) => ({
    escalation: 400 + i,
    title: ["A&E four-hour performance", "Cancer 62 days", "Out-of-area placements"][i % 3] ?? "",
    organisation: ["Northwick Hospitals", "Eastmere Ambulance & Community"][i % 2] ?? "",
    tier: i < 4 ? ("slt" as const) : ("board" as const),
    since: "January 2024",
    change:
      i < 2 ? ("new" as const) : i < 3 ? ("worse" as const) : i < 6 ? ("better" as const) : ("unchanged" as const),
  })),
};

/** A case newly before the SLT. */
export const raised = item("raised", fourHour);

const moves = [
  raised,
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
  {
    name: "action-plan-request",
    kind: "action-plan-request",
    items: [item("asked", { ...fourHour, dueOn: "2026-12-08" }, owner)],
    context,
  },
  {
    name: "commentary-request",
    kind: "commentary-request",
    items: [
      item("raised", { ...handover, dueOn: "2026-12-01" }, { toldBecause: "you write about this figure" }),
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
];
