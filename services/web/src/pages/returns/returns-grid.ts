import type { Return } from "@signalbox/db";
import {
  asPeriod,
  dayOf,
  type Frequency,
  formatPeriod,
  isFigureOwed,
  nameOfPeriod,
  type Period,
  periodContaining,
  stepOf,
} from "@signalbox/domain";
import { markOfReturn } from "./return-words.ts";

/** How many periods back the grid may look, by frequency; the first is what it does unasked. */
export const LENGTHS: Readonly<Record<Frequency, readonly number[]>> = { monthly: [6, 12], quarterly: [4, 8] };

/** The last periods that have ended, oldest first. */
export function lastPeriods(now: Temporal.Instant, frequency: Frequency, count: number): Period[] {
  const step = stepOf(frequency);
  const running = periodContaining(dayOf(now), frequency);
  return Array.from({ length: count }, (_, at) => asPeriod(running - (count - at) * step));
}

/** The page of one return. */
export function addressOfReturn({ organisation, frequency, dueWorkingDay, period }: Return): string {
  return `/returns/${encodeURIComponent(organisation)}/${frequency}/${dueWorkingDay}/${formatPeriod(period, "monthly")}`;
}

/**
 * Returns as rows, one an organisation and due working day, with a cell a period; null where nothing was owed. The last row
 * is left out where more follow, since it may be cut off.
 */
export function gridOf(returns: readonly Return[], periods: readonly Period[], limit: number) {
  const rows = [
    ...Map.groupBy(returns, ({ organisation, dueWorkingDay }) => `${organisation}\n${dueWorkingDay}`).values(),
  ];
  const isCut = returns.length > limit && rows.length > 1;
  const shown = isCut ? rows.slice(0, -1) : rows;
  return { rows: shown.map((row) => rowOf(row, periods)), last: isCut ? (shown.at(-1)?.at(-1) ?? null) : null };
}

function rowOf(returns: readonly Return[], periods: readonly Period[]) {
  const [first] = returns;
  const byPeriod = new Map(returns.map((one) => [one.period, one]));
  return {
    organisation: first?.organisation ?? "",
    name: first?.name ?? "",
    dueWorkingDay: first?.dueWorkingDay ?? 0,
    cells: periods.map((period) => {
      const one = byPeriod.get(period);
      if (one === undefined) return null;
      const came = one.figures.filter(({ status }) => !isFigureOwed(status)).length;
      return {
        href: addressOfReturn(one),
        mark: markOfReturn(one.status, one.late),
        period: nameOfPeriod(period, one.frequency),
        some:
          one.status === "partial" || (one.status === "due" && came > 0) ? `${came} of ${one.figures.length}` : null,
      };
    }),
  };
}
