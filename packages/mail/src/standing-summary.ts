import type { TierName } from "./item.ts";

/** One case that stands, as a line of a summary. */
export interface StandingCase {
  readonly escalation: number;
  readonly title: string;
  readonly organisation: string;
  readonly tier: TierName;
  /** "January 2024" */
  readonly since: string;
  readonly change: "new" | "worse" | "better" | "unchanged";
  /** Whether it was acknowledged, and nothing followed. */
  readonly ranOut?: boolean;
  /** Whether its figure has recovered and its chair has still to sign it off. */
  readonly awaitsSignOff?: boolean;
  /** Until which day its figure is disputed: "2026-12-08". */
  readonly disputedUntil?: string;
  /** What its chair chose for it: "Accepted for now, until 8 December 2026". */
  readonly chosen?: string;
}

/** Something asked for long ago that nobody answered. */
export interface LongOverdue {
  readonly escalation: number | null;
  /** "action plan" */
  readonly thing: string;
  /** "A&E four-hour performance" */
  readonly title: string;
  readonly organisation: string;
  /** "2026-12-08" */
  readonly dueOn: string;
}

/** All that stands before a person's forums in a period. */
export interface StandingSummary {
  readonly periodName: string | null;
  readonly cases: readonly StandingCase[];
  /** To those of the SLT: what has come as far as them, worst first. */
  readonly overdue?: readonly LongOverdue[];
}

export const changes = ["new", "worse", "better", "unchanged"] as const satisfies StandingCase["change"][];
