import type { CaseInBrief, ChangedCase } from "@signalbox/db";
import { nameOfPeriod } from "@signalbox/domain";

/** A line of a list: what it is called and leads to, and what is said beside it. */
export interface HomeLine {
  readonly text: string;
  readonly href: string;
  readonly note: string;
  /** True where its day has passed. */
  readonly isLate?: boolean;
}

const FORUM = { slt: "SLT", board: "Board", none: "No forum" } as const;

/** "A&E four-hour performance, Northwick Hospitals": "SLT, since March 2024". */
export function caseLine(one: CaseInBrief): HomeLine {
  return { ...linkOf(one), note: `${FORUM[one.tier]}, since ${nameOfPeriod(one.raisedIn, one.frequency)}` };
}

/** The same with its last move: "Stepped up to the SLT, March 2024". */
export function changedLine(one: ChangedCase): HomeLine {
  const note = `${moveOf(one)}, ${nameOfPeriod(one.period, one.frequency)}${one.restated ? ", restated" : ""}`;
  return { ...linkOf(one), note };
}

function linkOf(one: CaseInBrief): Pick<HomeLine, "text" | "href"> {
  return { text: `${titleOf(one)}, ${one.organisation}`, href: `/escalations/${one.id}` };
}

function titleOf({ concern, metric, area }: CaseInBrief): string {
  if (concern === "reporting") return `Missing returns${area === null ? "" : ` for ${area}`}`;
  return concern === "several-areas" ? "In trouble in several areas" : (metric ?? "A figure");
}

function moveOf({ event, before }: ChangedCase): string {
  const to = before === "slt" ? "the SLT" : "the board";
  if (event === "raised") return `New for ${to}`;
  if (event === "stepped-up") return `Up to ${to}`;
  if (event === "stepped-down") return `Down to ${to}`;
  return event === "withdrawn" ? "Withdrawn" : "Resolved";
}
