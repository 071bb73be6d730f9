import type { DueEffectCheck, SeriesPoints } from "@signalbox/db";
import {
  type Effect,
  hasControlLimits,
  hasMoved,
  periodContaining,
  type SinceDelivery,
  VALUES_FOR_LIMITS,
} from "@signalbox/domain";
import { spcOfSeries } from "./spc-of-series.ts";

/**
 * Whether a series moved since the actions of a plan were delivered, by the chart that every page shows. What moved by the
 * period it was first judged in has moved, whatever came later; of what had not, later figures count too.
 */
export function effectOfSeries(check: DueEffectCheck, found: SeriesPoints): Effect {
  const since = sinceDelivery(check, found);
  const now = hasMoved(since);
  if (now.moved) return now;
  const then = hasMoved({ ...since, points: since.points.filter(({ period }) => period <= check.judgedIn) });
  return check.outcome === "moved" && then.moved ? then : now;
}

function sinceDelivery(check: DueEffectCheck, found: SeriesPoints): SinceDelivery {
  const { points } = spcOfSeries(found);
  const charted = found.points.map(({ period, value }, at) => ({
    period,
    value: value ?? NaN,
    kind: points[at]?.kind ?? "common",
  }));
  const values = charted.filter(({ value }) => !Number.isNaN(value)).length;
  const { unit, accumulates } = check;
  return {
    points: charted,
    better: found.better,
    hasLimits: values >= VALUES_FOR_LIMITS && hasControlLimits({ unit, accumulates }),
    deliveredIn: periodContaining(Temporal.PlainDate.from(check.deliveredOn), found.frequency),
    promised: check.promised,
  };
}
