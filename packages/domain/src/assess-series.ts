import { confirmsDeterioration } from "./confirmation.ts";
import { deteriorationRuns } from "./deterioration.ts";
import { figureCompared, planThatCounts, systemPlanCounts } from "./figure-compared.ts";
import { type Period, stepOf } from "./period.ts";
import { AMBER, GREY, rate, RED, UNRATED } from "./rag.ts";
import { REASONS } from "./reasons.ts";
import { moveCases } from "./move-cases.ts";
import { definitionChanges, runFigures } from "./run-figures.ts";
import type { SeriesAssessment, SeriesEvent, SeriesFacts } from "./series-facts.ts";
import { thresholdInForce } from "./thresholds.ts";

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
