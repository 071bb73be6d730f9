import type { ExpectedByChance } from "@signalbox/domain";

/** A case as one side of a trial has it; periods as months, `endedIn` null while it stands. */
export interface TrialCase {
  /** Null for a provider's case of several areas. */
  readonly metric: string | null;
  readonly organisation: string;
  readonly raisedIn: number;
  readonly endedIn: number | null;
  /** Before whom it was raised, and the worst it came to in the time that is looked at. */
  readonly tier: "board" | "slt";
  readonly worst: "board" | "slt";
}

/** One thing that leaders would have been told; who they are follows from the forums. */
export interface TrialMove {
  readonly metric: string | null;
  readonly organisation: string;
  readonly period: number;
  readonly reason: string;
  readonly tier: "none" | "board" | "slt";
  readonly forums: readonly string[];
  /** The day of the digest it would have left with, "YYYY-MM-DD". */
  readonly day: string;
}

/** What limits make of the time that is looked at. */
export interface TrialSide {
  readonly cases: readonly TrialCase[];
  readonly moves: readonly TrialMove[];
  readonly chance: ExpectedByChance;
  /** Months that had a value and a limit that counts, and how many of them were past it. */
  readonly rated: number;
  readonly past: number;
}

/** How a case differs between today's limits and those proposed. */
export interface TrialDifference {
  readonly what: "new" | "gone" | "earlier" | "later" | "higher" | "lower";
  readonly metric: string | null;
  readonly organisation: string;
  readonly today: TrialCase | null;
  readonly proposed: TrialCase | null;
}

/** What stands of one series (or provider, for several areas) now, and what will once the set is approved. */
export interface Foretold {
  readonly metric: string | null;
  readonly organisation: string;
  readonly stands: "none" | "board" | "slt";
  readonly willStand: "none" | "board" | "slt";
  readonly raisedIn: number | null;
  /** It moves by figures that are still held back from forums. */
  readonly isHeld: boolean;
}

/** What a proposal would have done and will do; nothing of it is written anywhere but with the proposal. */
export interface Trial {
  readonly workedOutAt: string;
  readonly version: number;
  /** The months that are looked at, both included. */
  readonly from: number;
  readonly to: number;
  readonly series: number;
  readonly today: TrialSide;
  readonly proposed: TrialSide;
  readonly differences: readonly TrialDifference[];
  /** What approving it changes at once, by the months from which its rows are to count. */
  readonly foretold: readonly Foretold[];
  readonly leaders: readonly { readonly email: string; readonly name: string; readonly forums: readonly string[] }[];
}

/** How many months a trial looks back on. */
export const MONTHS_TRIED = 24;
