import { confirmsDeterioration } from "./confirmation.ts";
import { deteriorationRuns } from "./deterioration.ts";
import { figureCompared, planThatCounts, systemPlanCounts } from "./figure-compared.ts";
import type { MetricRules } from "./metric.ts";
import { type Period, stepOf } from "./period.ts";
import type { Rules } from "./protocol.ts";
import { AMBER, GREY, rate, RED, UNRATED } from "./rag.ts";
import { REASONS, REASONS_BY_LIMIT, tierDue } from "./reasons.ts";
import { definitionChanges, runFigures } from "./run-figures.ts";
import { type Move, move, nothingStands } from "./standing.ts";
import { type ThresholdRow, thresholdInForce } from "./thresholds.ts";
import { NO_TIER, type Tier, tierAt } from "./tier.ts";

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

/** Assesses one series whole (contract 6, rules 1 to 6). Pure, and the same for a prefix as for the prefix of the result. */
export function assessSeries(facts: SeriesFacts): SeriesAssessment {
  const { metric, first, count, actual } = facts;
  const changed = definitionChanges(metric, first, count);
  const figures = runFigures(metric, first, actual, changed);
  const result: Assessing = {
    first,
    step: stepOf(metric.frequency),
    count,
    rag: new Uint8Array(count),
    provisional: new Uint8Array(count),
    watch: new Uint8Array(count),
    deterioratingFor: deteriorationRuns(metric, figures, changed),
    silentFor: silence(facts),
    reasons: new Uint8Array(count),
    tier: new Uint8Array(count),
    planCompared: new Float64Array(count).fill(NaN),
    threshold: new Float64Array(count).fill(NaN),
    events: [],
  };
  ratePeriods(facts, result);
  giveReasons(facts, result, { changed, figures });
  moveCases(facts, result);
  return result;
}

type Assessing = SeriesAssessment & { readonly events: SeriesEvent[] };

function silence({ count, actual, reasonGiven }: SeriesFacts): Int16Array {
  const silentFor = new Int16Array(count);
  for (let i = 0; i < count; i += 1) {
    if (Number.isNaN(actual[i]) && reasonGiven[i] !== 1) silentFor[i] = (silentFor[i - 1] ?? 0) + 1;
  }
  return silentFor;
}

function ratePeriods(facts: SeriesFacts, result: Assessing): void {
  const { metric, first, count, actual, isSystem } = facts;
  const useSystemPlan = systemPlanCounts(metric.unit);
  for (let i = 0; i < count; i += 1) {
    const threshold = thresholdInForce(facts.thresholds, (first + i * result.step) as Period, isSystem);
    const provisional = threshold?.status === "draft";
    const plan = planThatCounts(facts.plan[i] ?? NaN, useSystemPlan ? (facts.systemPlan[i] ?? NaN) : NaN, provisional);
    result.planCompared[i] = plan;
    result.threshold[i] = threshold?.id ?? NaN;
    const value = actual[i] ?? NaN;
    if (Number.isNaN(value)) result.rag[i] = GREY;
    else if (threshold === null) result.rag[i] = UNRATED;
    else {
      const rag = rate(metric.better, figureCompared(threshold.basis, value, plan), threshold);
      result.rag[i] = rag;
      if (provisional && rag !== UNRATED) result.provisional[i] = 1;
    }
  }
}

function giveReasons(
  facts: SeriesFacts,
  result: Assessing,
  { changed, figures }: { changed: Uint8Array; figures: Float64Array },
): void {
  const { deterioration, persistence } = facts.rules;
  const persistsAfter = persistence?.sltAfter ?? Infinity;
  const boardAfter = deterioration?.boardAfter ?? Infinity;
  const sltAfter = deterioration?.sltAfter ?? Infinity;
  let pastFor = 0;
  let definedFrom = 0;
  for (let i = 0; i < facts.count; i += 1) {
    const rag = result.rag[i] ?? GREY;
    const past = rag >= AMBER && result.provisional[i] === 0;
    let reasons = 0;
    if (past) reasons |= rag === RED ? REASONS.thresholdSlt : REASONS.thresholdBoard;
    if (changed[i] === 1) definedFrom = i;
    pastFor = past ? (changed[i] === 1 ? 0 : pastFor) + 1 : 0;
    if (pastFor >= persistsAfter) reasons |= REASONS.persistenceSlt;
    const run = result.deterioratingFor[i] ?? 0;
    const toSlt = run >= sltAfter && (past || deterioration?.sltNeedsBreach !== true);
    if (toSlt || run >= boardAfter) {
      const confirmed =
        deterioration?.confirm !== "spc" ||
        confirmsDeterioration(facts.metric.better, figures.subarray(definedFrom, i + 1));
      if (!confirmed) result.watch[i] = 1;
      else reasons |= toSlt ? REASONS.deteriorationSlt : REASONS.deteriorationBoard;
    }
    result.reasons[i] = reasons;
  }
}

function moveCases(facts: SeriesFacts, result: Assessing): void {
  const standing = nothingStands();
  const verdict = { due: NO_TIER as number, byLimit: false, limited: false };
  for (let i = 0; i < facts.count; i += 1) {
    const rag = result.rag[i] ?? GREY;
    if (rag !== GREY && facts.partial[i] !== 1) {
      const reasons = result.reasons[i] ?? 0;
      verdict.due = tierDue(reasons);
      verdict.byLimit = (reasons & REASONS_BY_LIMIT) !== 0;
      verdict.limited = rag > UNRATED && result.provisional[i] === 0;
      const event = move(standing, verdict, facts.rules.stepDownAfter);
      if (event !== null) {
        const period = (facts.first + i * result.step) as Period;
        result.events.push({ period, event, tier: tierAt(standing.tier), reasons });
      }
    }
    result.tier[i] = standing.tier;
  }
}
