import type { SeriesPoint } from "@signalbox/db";
import { formatPeriod, type Frequency } from "@signalbox/domain";

const PAGE = 24;

/** Which places of a series one page shows, and the addresses of the pages beside it; null where there is none. */
export interface PlacesShown {
  readonly from: number;
  readonly to: number;
  readonly all: number;
  /** The period before which the older page ends. */
  readonly older: string | null;
  readonly newer: string | null;
}

/** Two years at a time, the last ones unless `before` names a period. */
export function placesShown(
  points: readonly Pick<SeriesPoint, "period">[],
  before: SeriesPoint["period"] | null,
  frequency: Frequency,
): PlacesShown {
  const all = points.length;
  const found = before === null ? -1 : points.findIndex(({ period }) => period >= before);
  const to = found <= 0 ? all : found;
  const from = Math.max(0, to - PAGE);
  const next = points[Math.min(to + PAGE, all)];
  const first = points[from];
  return {
    from,
    to,
    all,
    older: from === 0 || first === undefined ? null : formatPeriod(first.period, frequency),
    newer: to === all ? null : next === undefined ? "" : formatPeriod(next.period, frequency),
  };
}
