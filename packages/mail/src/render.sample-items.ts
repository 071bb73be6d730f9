import type { Picture } from "./picture.ts";
import { type LedToCase, type MailItem, readDetail } from "./item.ts";
import type { MailKind } from "./kinds.ts";
import type { Context } from "./render.ts";
import type { StandingSummary } from "./standing-summary.ts";

/** Invented mails, one or two of each kind, for the golden files and for looking at. */
export interface Sample {
  readonly name: string;
  readonly kind: MailKind;
  readonly items: readonly MailItem[];
  readonly context: Context;
}

/** What the invented mails of `render.samples.ts` are made of. */
export const context: Context = {
  baseUrl: "https://signalbox.example.nhs.uk",
  sender: "Signalbox <signalbox@example.nhs.uk>",
  summary: null,
  wouldGoTo: null,
  today: "2026-12-01",
};

export const fourHour = {
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
export const twelveHour = {
  ...fourHour,
  title: "Waits of 12 hours and more",
  value: "1,204",
  limit: "900 (SLT limit)",
  plan: "850",
};
export const handover = {
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

export const owed = {
  title: "Figures have not come in",
  organisation: "Northwick Hospitals",
  periodName: "March 2024",
  metrics: ["A&E four-hour performance"],
  why: "You submit figures for this organisation",
};
/** Of a chart: the first of a mail, the second and so on. */
export const picture = (number: number, inShort: string | null = STEADY): Picture => ({
  cid: `chart-${number}@example.nhs.uk`,
  alt: "The last value is 74.6%, in March 2024: common cause. The mean is 74.9%. Most months lie between 71.2% and 78.6%. The SLT limit is 75.0%.",
  inShort,
  png: Buffer.from("a picture"),
});
const STEADY = "Red and no special cause: about 6 months in 10 will miss the SLT limit as things are.";

export const uncased = { escalation: null, toldBecause: "you submit figures for this organisation" };

export const item = (reason: string, detail: object, more: Partial<MailItem> = {}): MailItem => ({
  escalation: 412,
  submission: null,
  reason,
  toldBecause: "you chair the Urgent and Emergency Care Board",
  toldOn: null,
  detail: readDetail(detail),
  ...more,
});

export const owner = { toldBecause: "you own this figure" };
export const submitter = { escalation: null, submission: 77, toldBecause: "you sent this file" };

export const march = {
  title: "figures-march.csv",
  filename: "figures-march.csv",
  organisation: "Northwick Hospitals",
  rows: { read: 124, accepted: 119, unchanged: 3, refused: 2 },
  problems: ['Row 14, value: "#REF!" is a spreadsheet error', "Row 20, metric: no metric has the code ae-5h; ae-4h?"],
};
export const ledTo: readonly LedToCase[] = [
  { title: "A&E four-hour performance", escalation: 412, event: "raised", tier: "slt", restated: false },
  { title: "Waits of 12 hours and more", escalation: 413, event: "raised", tier: "board", restated: true },
  { title: "Ambulance handover, mean", escalation: 414, event: "resolved", tier: "none", restated: false },
].map((one) => ({ ...one, organisation: "Northwick Hospitals", periodName: "March 2024" }) as LedToCase);

export const summary: StandingSummary = {
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
