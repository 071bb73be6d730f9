import type { CurrentCatalogue, LimitOfSeries, Metric, SeriesPoints } from "@signalbox/db";
import { nameOfPeriod, type Period, type ThresholdRow } from "@signalbox/domain";
import { limitRowInWords } from "@signalbox/explain/limit-words";

const month = (period: Period) => nameOfPeriod(period, "monthly");

/** Every limit that concerns a series, latest first, in words: which rates it now, whom it is for, who approved it. */
export function limitsThroughTime(
  rows: readonly LimitOfSeries[],
  { metric, catalogue, now }: { metric: Metric; catalogue: CurrentCatalogue; now: ThresholdRow | null },
) {
  return rows.toReversed().map((row) => ({
    limits: limitRowInWords({ ...row, status: "approved" }, metric),
    scope: scopeOf(row, catalogue),
    from: month(row.from),
    to: row.to === null ? null : month(row.to),
    status: row.status === "draft" ? "Draft" : "Approved",
    approvedOn: row.approvedOn,
    minute: row.minute,
    inForce: row.id === now?.id,
  }));
}

function scopeOf({ organisation, level }: LimitOfSeries, { organisations }: CurrentCatalogue): string {
  if (organisation !== null) return organisations.get(organisation)?.name ?? organisation;
  return level === null ? "every organisation" : `every ${level}`;
}

/** From when the metric means something else, in words, latest first. */
export function definitionChanges({ definitionChanges: periods, frequency }: SeriesPoints): string[] {
  return periods.toReversed().map((period) => nameOfPeriod(period, frequency));
}
