import { type Assurance, type Kind, type Period, seriesChart } from "@signalbox/domain";
import { pairOf } from "./scope.ts";
import { chartedOf, type ScorecardRow } from "./read-scorecard.ts";

/** How the figure of a row varies and whether its target will be met; both null where there is nothing to chart. */
export interface RowSpc {
  readonly variation: Kind | null;
  readonly assurance: Assurance | null;
}

const NOT_CHARTED: RowSpc = { variation: null, assurance: null };

/** The SPC of a row up to its figure; `recalculations` are those of `standingRecalculations`. */
export function spcOf(row: ScorecardRow, recalculations: ReadonlyMap<string, readonly Period[]>): RowSpc {
  const { metric, organisation } = row.series;
  // Grades and yes or no have no distance between them that a mean could be taken of.
  if (metric.unit === "ordinal" || metric.unit === "yesno" || row.now.place === -1) return NOT_CHARTED;
  const { periods, values } = chartedOf(row);
  const targets = new Float64Array(values.length).fill(row.now.target ?? NaN);
  const added = recalculations.get(pairOf(metric.code, organisation.code)) ?? [];
  const newStarts = [...metric.definitionChanges, ...added];
  const { variation, assurance } = seriesChart({ periods, values, targets, better: metric.better, newStarts });
  return { variation, assurance };
}
