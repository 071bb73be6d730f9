import type { MetricRules } from "./metric.ts";
import type { Period } from "./period.ts";
import type { Rules } from "./protocol.ts";
import type { Move } from "./standing.ts";
import type { ThresholdRow } from "./thresholds.ts";
import type { Tier } from "./tier.ts";

/**
 * All that is known of one series, from its first value to the last period reached. Every array has `count` places, one a
 * period from `first` on, a step (1 or 3 months) apart; NaN is no value or no plan.
 */
export interface SeriesFacts {
  readonly metric: MetricRules;
  readonly isSystem: boolean;
  readonly rules: Rules;
  readonly thresholds: readonly ThresholdRow[];
  readonly first: Period;
  readonly count: number;
  readonly actual: Float64Array;
  /** 1 where a row says why there is no value: it ends the silence. */
  readonly reasonGiven: Uint8Array;
  readonly plan: Float64Array;
  /** The plan of the system's own series. */
  readonly systemPlan: Float64Array;
  /** 1 where the value is an aggregate that lacks children: rated, but it moves no case. */
  readonly partial: Uint8Array;
  /** What people did about its cases; none where it is left out. */
  readonly acts?: CaseActs;
}

/** The recorded acts that decide a series' cases, each by the period as of which it counts, in order of period. */
export interface CaseActs {
  /** Whether its board lets no case step down before its chair has signed it off. */
  readonly needsSignOff: boolean;
  readonly signOffs: readonly number[];
  readonly closures: readonly number[];
}

/** A move of the case in one period; `reasons` are bits, see REASONS. */
export interface SeriesEvent {
  readonly period: Period;
  readonly event: Move;
  readonly tier: Tier;
  readonly reasons: number;
}

/** The assessment of every period of `SeriesFacts`, place by place, and the moves of its cases in order of period. */
export interface SeriesAssessment {
  readonly first: Period;
  readonly step: 1 | 3;
  readonly count: number;
  /** Place in RAGS. */
  readonly rag: Uint8Array;
  readonly provisional: Uint8Array;
  readonly watch: Uint8Array;
  readonly deterioratingFor: Int16Array;
  readonly silentFor: Int16Array;
  /** Bits, see REASONS. */
  readonly reasons: Uint8Array;
  /** What stands after the period: place in TIERS. */
  readonly tier: Uint8Array;
  /** The plan that counts (rule 2), whether or not the threshold compares with it; NaN for none. */
  readonly planCompared: Float64Array;
  /** The id of the threshold in force; NaN for none. */
  readonly threshold: Float64Array;
  readonly events: readonly SeriesEvent[];
}
