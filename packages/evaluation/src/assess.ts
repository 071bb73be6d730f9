import type { CountedAct, DecidedChild, DueSeries, Metric, Organisation } from "@signalbox/db";
import { assessSeries, type Period, reachOf, type SeriesAssessment, stepOf } from "@signalbox/domain";
import type { CatalogueView } from "./catalogue-view.ts";
import { caseActs } from "./case-acts.ts";
import { computedFigures } from "./computed-figures.ts";
import { type Ending, endingOf, reachable } from "./ending.ts";
import { type Figures, overRange, submittedFigures } from "./submitted-figures.ts";

/** Plans of one series by period. */
export interface Plans {
  readonly periods: readonly Period[];
  readonly values: readonly number[];
}

/** Everything a due series is decided of. */
export interface Evidence {
  readonly due: DueSeries;
  readonly metric: Metric;
  readonly organisation: Organisation;
  readonly children: readonly DecidedChild[];
  readonly plans: Plans | undefined;
  /** What people did about its cases, in order of period. */
  readonly acts: readonly CountedAct[];
  /** The plan of the system's own series: the catalogue's, and under it the submitted one. */
  readonly systemPlan: ReadonlyMap<Period, number>;
}

/** A series as assessed; `ending` where it has ended: its organisation closed, or nobody is below it to compute it of. */
export interface Assessed extends Evidence {
  readonly figures: Figures;
  readonly assessment: SeriesAssessment;
  readonly ending: Ending | null;
}

/** Assesses a due series whole; null where it has not begun: no value in any period its organisation was open. */
export function assess(view: CatalogueView, evidence: Evidence): Assessed | null {
  const { due, metric, organisation, children } = evidence;
  const step = stepOf(metric.frequency);
  const all = computedFigures(view, metric, {
    own: submittedFigures(due, step),
    children,
    organisation: organisation.code,
  });
  if (all === null) return null;
  const lasting = { organisation, frequency: metric.frequency, isComputed: due.first === null };
  const reach = reachOf(
    { first: all.first, frequency: metric.frequency, actual: all.value },
    reachable(view, lasting),
    view.lastPassed(metric),
  );
  if (reach === null) return null;
  const count = (reach.last - reach.first) / step + 1;
  const figures = overRange(all, { first: reach.first, count, step });
  const assessment = assessSeries({
    metric,
    isSystem: organisation.kind === "system",
    rules: view.rules(metric),
    thresholds: view.thresholds(metric.code, organisation),
    first: reach.first,
    count,
    actual: figures.value,
    reasonGiven: figures.reasonGiven,
    plan: planOf(evidence.plans, figures, step),
    systemPlan: systemPlanOf(evidence.systemPlan, figures, step),
    partial: figures.partial,
    acts: caseActs(view.rules(metric), metric.area, evidence.acts),
  });
  return { ...evidence, figures, assessment, ending: endingOf(view, lasting) };
}

/** The catalogue's plan beats the submitted one: nobody sets their own goal. */
function planOf(plans: Plans | undefined, figures: Figures, step: 1 | 3): Float64Array {
  if (plans === undefined) return figures.plan;
  const plan = Float64Array.from(figures.plan);
  plans.periods.forEach((period, at) => {
    const place = (period - figures.first) / step;
    if (place >= 0 && place < plan.length) plan[place] = plans.values[at] ?? NaN;
  });
  return plan;
}

function systemPlanOf(byPeriod: ReadonlyMap<Period, number>, { first, count }: Figures, step: 1 | 3): Float64Array {
  const plan = new Float64Array(count).fill(NaN);
  if (byPeriod.size === 0) return plan;
  for (let i = 0; i < count; i++) plan[i] = byPeriod.get((first + i * step) as Period) ?? NaN;
  return plan;
}
