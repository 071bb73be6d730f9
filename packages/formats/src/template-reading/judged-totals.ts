import type { RowGatherer } from "../canonical-rows.ts";
import type { Template } from "../template.ts";
import { IMPLAUSIBLE, SUSPECT } from "../marks.ts";
import type { TotalDiffers } from "./total-checks.ts";

/** Marks, or keeps out, the rows from a place on that were made of a column whose total differs, as the check says. */
export function judgeTotals(
  differing: readonly TotalDiffers[],
  {
    template,
    rows,
    from,
    codeOf,
  }: { template: Template; rows: RowGatherer; from: number; codeOf: (text: string) => string },
): void {
  for (const { check, column, by } of differing) {
    if (check.then === "report") continue;
    const made = metricsOf(template, column);
    const organisation = by === "" ? null : codeOf(by);
    for (let place = from; place < rows.length; place++) {
      if (made !== null && !made.has(rows.metricAt(place))) continue;
      if (organisation !== null && rows.organisationAt(place) !== organisation) continue;
      if (check.then === "mark") rows.mark(place, IMPLAUSIBLE);
      else rows.keepOut(place, SUSPECT);
    }
  }
}

/** The metrics that a column is part of; null for all. */
function metricsOf({ metrics }: Template, column: string): ReadonlySet<string> | null {
  if (!Array.isArray(metrics)) return null;
  const made = metrics.filter(({ value, numerator, denominator }) =>
    [value, numerator, denominator].some((sum) => sum !== undefined && [...sum.plus, ...sum.minus].includes(column)),
  );
  return new Set(made.map(({ metric }) => metric));
}
