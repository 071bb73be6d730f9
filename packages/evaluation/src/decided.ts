import type { DueSeries, ReplacedDecision, SeriesDecision } from "@signalbox/db";
import { RAG_LETTERS, TIER_LETTERS } from "@signalbox/db";
import type { Assessed } from "./assess.ts";
import type { Figures } from "./submitted-figures.ts";
import { digestOfDecision } from "./decision-digest.ts";

/** How an assessment compares with what was decided before. */
export type Comparison =
  | { readonly kind: "unchanged" }
  /** Nothing up to `through` changed; the periods after it are new. */
  | { readonly kind: "longer"; readonly through: number; readonly digest: string }
  | { readonly kind: "other"; readonly digest: string };

export function compare(assessed: Assessed, decided: DueSeries["decided"], governedBy: string): Comparison {
  const { assessment } = assessed;
  const digest = digestOfDecision(assessed, { count: assessment.count, governedBy });
  if (decided === null || decided.first !== assessment.first || decided.count > assessment.count)
    return { kind: "other", digest };
  if (decided.count === assessment.count)
    return decided.digest === digest ? { kind: "unchanged" } : { kind: "other", digest };
  // What ends without a figure ends after the last period, so that a longer series moves that end.
  if (assessed.ending !== null) return { kind: "other", digest };
  if (digestOfDecision(assessed, { count: decided.count, governedBy }) !== decided.digest)
    return { kind: "other", digest };
  return { kind: "longer", through: decided.first + (decided.count - 1) * assessment.step, digest };
}

/** What now holds of a series; periods that were decided the same before keep the evaluation that decided them. */
export function decisionOf(
  { due, figures, assessment }: Assessed,
  { digest, evaluation, before }: { digest: string; evaluation: number; before: SeriesDecision | undefined },
): SeriesDecision {
  const decision: SeriesDecision = {
    series: due.series,
    first: assessment.first,
    count: assessment.count,
    values: figures.value,
    numerators: figures.numerator,
    denominators: figures.denominator,
    plans: assessment.planCompared,
    rag: assessment.rag,
    tier: assessment.tier,
    provisional: assessment.provisional,
    watch: assessment.watch,
    partial: figures.partial,
    restated: figures.restated,
    deterioratingFor: assessment.deterioratingFor,
    silentFor: assessment.silentFor,
    reasons: assessment.reasons,
    thresholds: assessment.threshold,
    submissions: figures.submission,
    evaluations: new Int32Array(assessment.count).fill(evaluation),
    missing: Object.fromEntries(figures.missing),
    ...within(figures, assessment.first + (assessment.count - 1) * assessment.step, assessment.first),
    digest,
  };
  if (before === undefined) return decision;
  const shift = (decision.first - before.first) / assessment.step;
  for (let i = 0; i < decision.count; i++) {
    const old = i + shift;
    if (old >= 0 && old < before.count && samePlace(decision, i, before, old)) {
      decision.evaluations[i] = before.evaluations[old] ?? evaluation;
    }
  }
  return decision;
}

/** The places after `through` of what now holds of a series that only grew. */
export function tailOf(decision: SeriesDecision, { through, step }: { through: number; step: 1 | 3 }): SeriesDecision {
  const from = (through - decision.first) / step + 1;
  return {
    ...decision,
    first: through + step,
    count: decision.count - from,
    values: decision.values.subarray(from),
    numerators: decision.numerators.subarray(from),
    denominators: decision.denominators.subarray(from),
    plans: decision.plans.subarray(from),
    rag: decision.rag.subarray(from),
    tier: decision.tier.subarray(from),
    provisional: decision.provisional.subarray(from),
    watch: decision.watch.subarray(from),
    partial: decision.partial.subarray(from),
    restated: decision.restated.subarray(from),
    deterioratingFor: decision.deterioratingFor.subarray(from),
    silentFor: decision.silentFor.subarray(from),
    reasons: decision.reasons.subarray(from),
    thresholds: decision.thresholds.subarray(from),
    submissions: decision.submissions.subarray(from),
    evaluations: decision.evaluations.subarray(from),
    missing: after(decision.missing, through),
    marks: after(decision.marks, through),
    noValues: after(decision.noValues, through),
  };
}

/** Texts by period, of the periods that are assessed. */
function within({ marks, noValues }: Figures, last: number, first: number) {
  const cut = (texts: ReadonlyMap<number, string>) =>
    Object.fromEntries([...texts].filter(([period]) => period >= first && period <= last));
  return { marks: cut(marks), noValues: cut(noValues) };
}

function after<Said>(byPeriod: Readonly<Record<string, Said>>, through: number): Record<string, Said> {
  return Object.fromEntries(Object.entries(byPeriod).filter(([period]) => Number(period) > through));
}

function samePlace(now: SeriesDecision, i: number, before: SeriesDecision, old: number): boolean {
  return (
    Object.is(now.values[i], before.values[old]) &&
    Object.is(now.plans[i], before.plans[old]) &&
    now.rag[i] === before.rag[old] &&
    now.tier[i] === before.tier[old] &&
    now.reasons[i] === before.reasons[old] &&
    now.deterioratingFor[i] === before.deterioratingFor[old] &&
    now.provisional[i] === before.provisional[old] &&
    Object.is(now.thresholds[i], before.thresholds[old]) &&
    Object.is(now.submissions[i], before.submissions[old])
  );
}

/** The decisions of single periods that another has taken the place of. */
export function replacedBy(now: SeriesDecision, before: SeriesDecision, step: 1 | 3): ReplacedDecision[] {
  const shift = (before.first - now.first) / step;
  return replacedWhere(before, step, (old) => {
    const i = old + shift;
    return !(i >= 0 && i < now.count && samePlace(now, i, before, old));
  });
}

/** Every decision of a series that has lost all its values. */
export function allReplaced(before: SeriesDecision, step: 1 | 3): ReplacedDecision[] {
  return replacedWhere(before, step, () => true);
}

function replacedWhere(
  before: SeriesDecision,
  step: 1 | 3,
  isReplaced: (place: number) => boolean,
): ReplacedDecision[] {
  const replaced: ReplacedDecision[] = [];
  for (let old = 0; old < before.count; old++) {
    if (!isReplaced(old)) continue;
    replaced.push({
      series: before.series,
      period: before.first + old * step,
      evaluation: before.evaluations[old] ?? 0,
      value: before.values[old] ?? NaN,
      plan: before.plans[old] ?? NaN,
      rag: RAG_LETTERS[before.rag[old] ?? 0] ?? "n",
      tier: TIER_LETTERS[before.tier[old] ?? 0] ?? "n",
      deterioratingFor: before.deterioratingFor[old] ?? 0,
      reasons: before.reasons[old] ?? 0,
      threshold: before.thresholds[old] ?? NaN,
      submission: before.submissions[old] ?? NaN,
    });
  }
  return replaced;
}
