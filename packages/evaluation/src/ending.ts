import type { Organisation } from "@signalbox/db";
import {
  dayOf,
  endedWith,
  firstClosedPeriod,
  type Frequency,
  openPeriods,
  type OpenPeriods,
  type Period,
  periodContaining,
} from "@signalbox/domain";
import type { CatalogueView } from "./catalogue-view.ts";
import { openDaysOf } from "./open-days.ts";

/** Why what stands ends without a further figure, and in which period. */
export interface Ending {
  readonly rule: "closed" | "nobody-below";
  readonly period: Period;
}

/** A series, or several: whose, how often, and whether it is only ever computed from those below. */
interface Lasting {
  readonly organisation: Organisation | undefined;
  readonly frequency: Frequency;
  readonly isComputed: boolean;
}

type Seen = Pick<CatalogueView, "lastBelow" | "now">;

/** The periods that may be reached: those in which the organisation was open and, for what is computed, had anyone below it. */
export function reachable({ lastBelow }: Pick<Seen, "lastBelow">, lasting: Lasting): OpenPeriods {
  const { organisation, frequency, isComputed } = lasting;
  const open = openPeriods(openDaysOf(organisation), frequency);
  const last = isComputed && organisation !== undefined ? lastBelow.get(organisation.code) : undefined;
  return last === undefined ? open : endedWith(open, last, frequency);
}

/** How what stands of it has ended by now; null where it goes on. */
export function endingOf(view: Seen, lasting: Lasting): Ending | null {
  const { organisation, frequency } = lasting;
  const today = dayOf(view.now);
  const open = openPeriods(openDaysOf(organisation), frequency);
  const reach = reachable(view, lasting);
  const period = firstClosedPeriod(reach, frequency);
  if (period === null) return null;
  if (reach.last !== open.last) {
    return periodContaining(today, frequency) < period ? null : { rule: "nobody-below", period };
  }
  const hasClosed = (organisation?.closed ?? null) !== null && (organisation?.closed ?? "") < today.toString();
  return hasClosed ? { rule: "closed", period } : null;
}
