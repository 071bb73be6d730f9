import type { AgendaCase } from "@signalbox/domain";
import type { RequestKind, RequestStage } from "../tables.ts";

/**
 * What an agenda is made of, as of a moment: plain JSON, so that it can be kept as it stood when papers were due. Moments are
 * texts of instants, days "YYYY-MM-DD".
 */
export interface AgendaFacts {
  readonly forum: string;
  readonly tier: "board" | "slt";
  /** The papers of the meeting before; what happened after counts as since then. */
  readonly since: string;
  readonly asOf: string;
  /** The day of the meeting. */
  readonly meetsOn: string;
  readonly rules: { readonly tellWithin: number; readonly dueWorkingDay: number };
  readonly cases: readonly AgendaCaseFacts[];
  readonly requests: readonly AgendaRequest[];
  readonly limits: readonly AgendaLimits[];
  readonly investments: readonly AgendaInvestment[];
}

export interface AgendaCaseFacts extends AgendaCase {
  readonly metric: string | null;
  readonly series: number | null;
  readonly organisation: string;
  readonly area: string | null;
  readonly metrics: readonly string[];
  readonly areas: readonly string[];
  /** Its figure waits for a signature and is not told to forums. */
  readonly isUnsigned: boolean;
  readonly plan: { readonly id: number; readonly state: string } | null;
  readonly risks: readonly AgendaRisk[];
  readonly commentary: AgendaCommentary | null;
}

export interface AgendaRisk {
  readonly organisation: string;
  readonly reference: string;
  readonly title: string;
  readonly score: number;
  readonly reviewedOn: string | null;
}

export interface AgendaCommentary {
  readonly period: number;
  readonly words: string;
  readonly by: string;
  readonly at: string;
}

/** Something asked of somebody that was open then. */
export interface AgendaRequest {
  readonly id: number;
  readonly kind: RequestKind;
  readonly escalation: number | null;
  readonly metric: string | null;
  readonly organisation: string;
  readonly recipients: readonly string[];
  readonly askedOn: string;
  readonly dueOn: string;
  readonly stage: RequestStage;
  readonly quiet: boolean;
  readonly plan: number | null;
  /** Not chased until and with this day, while a figure is disputed. */
  readonly pausedUntil: string | null;
  readonly why: string;
}

/** A set of limits that waits for the forum's chair. */
export interface AgendaLimits {
  readonly id: number;
  readonly title: string;
  readonly sentBy: string;
  readonly sentOn: string;
}

/** What an accepted plan asks for, and the forum has not decided. */
export interface AgendaInvestment {
  readonly plan: number;
  readonly revision: number;
  readonly organisation: string;
  readonly cost: number | null;
  readonly help: string;
  readonly escalations: readonly number[];
}
