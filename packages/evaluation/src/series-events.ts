import { escalates, eventReasonsOf, type Period, reasonsOf, type SeriesAssessment } from "@signalbox/domain";
import type { Assessed } from "./assess.ts";
import type { DecidedEvent } from "./case-changes.ts";
import type { CatalogueView } from "./catalogue-view.ts";

/**
 * The moves of a series' cases. Organisations of kinds that do not escalate have none; when an organisation has closed,
 * or has nobody below it to compute a series of, what stands ends as withdrawn. A move is restated where the figure behind it is, or one of the run it rests on.
 */
export function seriesEvents(view: CatalogueView, assessed: Assessed): DecidedEvent[] {
  const { assessment, organisation, metric, ending } = assessed;
  if (!escalates(view.rules(metric), organisation.kind)) return [];
  const events: DecidedEvent[] = assessment.events.map(({ period, event, tier, reasons }) => ({
    period,
    event,
    tier,
    reasons: eventReasonsOf(reasons),
    metrics: [],
    areas: [],
    restated: isRestated(assessed, period, reasons),
  }));
  const stands = events.at(-1);
  if (ending !== null && stands !== undefined && stands.tier !== "none" && ending.period > stands.period) {
    events.push({
      period: ending.period,
      event: "withdrawn",
      tier: "none",
      reasons: [{ rule: ending.rule, tier: "none" }],
      metrics: [],
      areas: [],
      restated: false,
    });
  }
  return events;
}

function isRestated({ figures, assessment }: Assessed, period: Period, reasons: number): boolean {
  const at = placeOf(assessment, period);
  const byDeterioration = reasonsOf(reasons).some(({ rule }) => rule === "deterioration");
  const from = byDeterioration ? at - (assessment.deterioratingFor[at] ?? 0) : at;
  for (let i = Math.max(0, from); i <= at; i++) if (figures.restated[i] === 1) return true;
  return false;
}

/** The place of a period in an assessment's arrays. */
export function placeOf({ first, step }: SeriesAssessment, period: number): number {
  return (period - first) / step;
}
