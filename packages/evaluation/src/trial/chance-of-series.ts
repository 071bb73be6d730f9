import {
  AMBER,
  escalates,
  type ExpectedByChance,
  expectedByChance,
  limitAsValue,
  limitsOf,
  type MonthsChance,
  NO_CHANCE,
  sharePast,
  UNRATED,
} from "@signalbox/domain";
import type { Assessed } from "../assess.ts";
import type { CatalogueView } from "../catalogue-view.ts";

/** What is looked at of an assessed series. */
export interface RatedFigures extends Pick<Assessed, "metric" | "organisation" | "assessment"> {
  readonly figures: Pick<Assessed["figures"], "value" | "partial">;
}

/**
 * What chance alone is expected to bring of a series: its values since the last change of definition taken as normal about
 * their mean, with the deviation that their moving ranges give (mean moving range / 1.128, outliers screened: the process limits of
 * `spc.md` are three of them away). The probability of a month past its limit is the share of that distribution past it.
 */
export function chanceOfSeries(
  view: CatalogueView,
  { metric, organisation, figures, assessment }: RatedFigures,
  { from, to }: { from: number; to: number },
): ExpectedByChance {
  const { first, step, count, rag, provisional, threshold, planCompared } = assessment;
  const defined = metric.definitionChanges.findLast((period) => period <= first + (count - 1) * step) ?? first;
  const begins = Math.max(0, Math.ceil((defined - first) / step));
  const limits = limitsOf(figures.value.subarray(begins));
  if (Number.isNaN(limits.upper) || metric.better === "neither") return NO_CHANCE;
  const rows = new Map(view.thresholds(metric.code, organisation).map((row) => [row.id, row]));
  const months: MonthsChance[] = [];
  for (let i = 0; i < count; i += 1) {
    const row = rows.get(threshold[i] ?? NaN);
    // Without a value, a limit that counts or a plan nothing is said of a month: it neither raises nor ends anything.
    if (row === undefined || (rag[i] ?? 0) <= UNRATED || provisional[i] === 1 || figures.partial[i] === 1) continue;
    const share = (limit: number | null) =>
      limit === null
        ? 0
        : (sharePast(limitAsValue(row.basis, limit, planCompared[i] ?? NaN), limits, metric.better) ?? 0);
    const pastSlt = share(row.slt);
    const period = first + i * step;
    months.push({ past: Math.max(share(row.board), pastSlt), pastSlt, counted: period >= from && period <= to });
  }
  const rules = view.rules(metric);
  const expected = expectedByChance(months, rules.stepDownAfter);
  // A level that does not escalate has months past its limits, and no cases of them.
  return escalates(rules, organisation.kind) ? expected : { ...expected, raisedBoard: 0, raisedSlt: 0 };
}

/** How many months of a series are rated by a limit that counts, and how many are past it; those that move no case left out. */
export function monthsRated(
  { figures, assessment }: RatedFigures,
  { from, to }: { from: number; to: number },
): { rated: number; past: number } {
  let [rated, past] = [0, 0];
  for (let i = 0; i < assessment.count; i += 1) {
    const period = assessment.first + i * assessment.step;
    const rag = assessment.rag[i] ?? 0;
    if (period < from || period > to || rag <= UNRATED) continue;
    if (assessment.provisional[i] === 1 || figures.partial[i] === 1) continue;
    rated += 1;
    if (rag >= AMBER) past += 1;
  }
  return { rated, past };
}
