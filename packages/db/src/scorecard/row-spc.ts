import { type Assurance, hasControlLimits, type Kind, type Period, spcChart, stepOf } from "@signalbox/domain";
import { pairOf } from "./scope.ts";
import type { ScorecardRow } from "./read-scorecard.ts";

/** How the figure of a row varies and whether its target will be met; both null where there is nothing to chart. */
export interface RowSpc {
  readonly variation: Kind | null;
  readonly assurance: Assurance | null;
}

const NOT_CHARTED: RowSpc = { variation: null, assurance: null };

/** The SPC of a row up to its figure; `recalculations` are those of `standingRecalculations`. */
export function spcOf(row: ScorecardRow, recalculations: ReadonlyMap<string, readonly Period[]>): RowSpc {
  const { metric, organisation } = row.series;
  if (!hasControlLimits(metric) || row.now.place === -1) return NOT_CHARTED;
  const { first, values } = row.series;
  const step = stepOf(metric.frequency);
  const began = values.findIndex((value) => !Number.isNaN(value));
  const added = recalculations.get(pairOf(metric.code, organisation.code)) ?? [];
  // As `seriesChart` has it: from the first value to the last, a new start being the first period from it on.
  const { variation, assurance } = spcChart(values.subarray(began, row.now.place + 1), {
    better: metric.better,
    target: row.now.target,
    starts: [...metric.definitionChanges, ...added].map((start) => Math.ceil((start - first) / step) - began),
  });
  return { variation, assurance };
}
