import type { Better } from "../metric.ts";
import type { Frequency, Period } from "../period.ts";
import type { Rag } from "../rag.ts";
import type { Tier } from "../tier.ts";
import type { Basis } from "../thresholds.ts";

/** The headings under which cases stand, in the order in which they are asked. */
export const AGENDA_GROUPS = [
  "resolved",
  "new",
  "worse",
  "challenged",
  "held-for-sign-off",
  "disputed",
  "better",
  "unchanged",
] as const;
export type AgendaGroup = (typeof AGENDA_GROUPS)[number];

export type AgendaEvent = "raised" | "stepped-up" | "continued" | "held" | "stepped-down" | "resolved" | "withdrawn";

/** How a case stood: its last event by a moment, and how many metrics or areas it named. */
export interface CaseStood {
  readonly event: AgendaEvent;
  readonly period: Period;
  readonly tier: Tier;
  readonly named: number;
  /** When it was decided: a moment as text. */
  readonly at: string;
}

/** A figure of a case's series, with the limits that held for it; null is none. */
export interface AgendaFigure {
  readonly period: Period;
  readonly value: number | null;
  readonly plan: number | null;
  readonly rag: Rag;
  readonly basis: Basis | null;
  readonly board: number | null;
  readonly slt: number | null;
}

/** One case as a forum finds it, against how it stood when the forum last looked. */
export interface AgendaCase {
  readonly id: number;
  readonly concern: "performance" | "reporting" | "several-areas";
  readonly frequency: Frequency;
  /** Of its metric; null for a case that is of no series. */
  readonly better: Better | null;
  readonly decimals: number;
  readonly raisedIn: Period;
  /** When it was raised: a moment as text. */
  readonly raisedAt: string;
  readonly now: CaseStood;
  /** By the papers of the meeting before; null where the forum did not know it then. */
  readonly known: CaseStood | null;
  /** One period before its last event; null for one that was raised in it. */
  readonly before: CaseStood | null;
  readonly figure: AgendaFigure | null;
  /** Of the period that `known`, else `before`, speaks of. */
  readonly figureKnown: AgendaFigure | null;
  readonly figureBefore: AgendaFigure | null;
  readonly isChallenged: boolean;
  readonly isHeldForSignOff: boolean;
  readonly isDisputed: boolean;
}
