import type { SeriesPoints } from "@signalbox/db";
import { type ChartOptions, type Period, seriesChart, type SeriesChart } from "@signalbox/domain";

/** How a series is charted other than usual; limits begin anew at `recalculateAt` too. */
export interface SpcOptions extends ChartOptions {
  readonly recalculateAt?: readonly Period[];
}

/**
 * The control limits of a series as every page, mail and the API show them: begun anew at each change of definition, at each
 * recalculation that somebody set, and where the caller asks besides. What confirms deterioration is the evaluator's, and
 * knows changes of definition only (contract 6.5).
 */
export function spcOfSeries(found: SeriesPoints, { recalculateAt = [], ...options }: SpcOptions = {}): SeriesChart {
  return seriesChart(
    {
      periods: found.points.map(({ period }) => period),
      values: Float64Array.from(found.points, ({ value }) => value ?? NaN),
      targets: Float64Array.from(found.points, ({ target }) => target ?? NaN),
      better: found.better,
      newStarts: [...found.definitionChanges, ...found.recalculations, ...recalculateAt],
    },
    options,
  );
}
