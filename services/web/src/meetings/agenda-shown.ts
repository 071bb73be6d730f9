import type { AgendaGroup } from "@signalbox/domain";

/** An agenda in words, as page, table and document show it. */
export interface AgendaShown {
  readonly forum: string;
  readonly when: string;
  readonly place: string;
  /** "as it stood when papers were due on …", or "as it stands now". */
  readonly asOf: string;
  readonly since: string;
  readonly isFrozen: boolean;
  /** What is asked for, the first thing that a meeting is for. */
  readonly toDecide: readonly ToDecide[];
  readonly groups: readonly AgendaSection[];
  readonly unchanged: { readonly total: number; readonly slt: number };
  readonly overdue: readonly OverdueLine[];
  readonly risks: readonly RiskLine[];
  readonly commentary: readonly CommentaryLine[];
  /** Cases that moved since the papers; null before they are due. */
  readonly changes: readonly AgendaSection[] | null;
}

export interface AgendaSection {
  readonly key: AgendaGroup;
  readonly title: string;
  readonly lines: readonly CaseLine[];
}

export interface CaseLine {
  readonly id: number;
  readonly title: string;
  readonly organisation: string;
  readonly before: string;
  readonly since: string;
  readonly value: string;
  readonly mark: { readonly word: string; readonly shape: string } | null;
  readonly limit: string;
  /** What moved, and what else is to be known: a plan, a challenge, a dispute. */
  readonly moved: string;
  readonly notes: readonly string[];
  /** Its series up to the period that is spoken of; null where it is of none. */
  readonly series: { readonly id: number; readonly through: number } | null;
}

export interface ToDecide {
  readonly what: string;
  readonly about: string;
  readonly by: string;
  readonly since: string;
  readonly href: string;
}

export interface OverdueLine {
  readonly what: string;
  readonly about: string;
  readonly who: string;
  readonly dueOn: string;
  readonly daysLate: number;
  readonly stage: string;
  readonly href: string | null;
}

export interface RiskLine {
  readonly reference: string;
  readonly title: string;
  readonly organisation: string;
  readonly score: number;
  readonly reviewedOn: string | null;
  readonly about: string;
  readonly href: string;
}

export interface CommentaryLine {
  readonly about: string;
  readonly period: string;
  readonly words: string;
  readonly by: string;
  readonly href: string;
}

/** What each heading is called on paper. */
export const GROUP_TITLES: Readonly<Record<AgendaGroup, string>> = {
  new: "New",
  worse: "Worse",
  challenged: "Actions done, figure not moved",
  "held-for-sign-off": "Held for sign-off",
  disputed: "Figures in dispute",
  better: "Better",
  resolved: "Resolved",
  unchanged: "Unchanged",
};

/** The order of the headings on paper; what is unchanged is counted. */
export const GROUPS_SHOWN: readonly AgendaGroup[] = [
  "new",
  "worse",
  "challenged",
  "held-for-sign-off",
  "disputed",
  "better",
  "resolved",
];
