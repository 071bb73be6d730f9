import {
  challengeCases,
  type DueEffectCheck,
  type EffectFound,
  keepEffects,
  lockDueEffectChecks,
  pointsOfMany,
  type SeriesPoints,
  unsignedFigures,
  withdrawChallenges,
  withoutUnsigned,
} from "@signalbox/db";
import { effectInWords } from "@signalbox/explain/effect-in-words";
import { effectOfSeries } from "@signalbox/explain/effect-of-series";
import type { Notifier, StageResult } from "./notifier.ts";

const BATCH = 200;

/**
 * Looks whether figures moved within the time that their plan promised, once its actions were done, and again when they are
 * restated: of those that have not, owner and chair are asked; of those that have after all, what nobody answered is taken back.
 */
export async function checkEffects({ db, log }: Notifier, now: Temporal.Instant): Promise<StageResult> {
  return db.transaction().execute(async (trx) => {
    const due = await lockDueEffectChecks(trx, now, BATCH);
    if (due.length === 0) return { done: 0 };
    const points = await pointsOfMany(trx, [...new Set(due.map(({ series }) => series))]);
    // Leaders are asked about it: what waits for a signature does not count yet.
    const unsigned = await unsignedFigures(trx);
    const found = due.map((check) => {
      const series = points.get(check.series);
      return judged(check, series === undefined ? undefined : withoutUnsigned(series, unsigned));
    });
    await keepEffects(trx, found, now);
    const still = found.filter(({ outcome }) => outcome === "not-moved");
    await challengeCases(trx, still, now);
    const moved = found.filter(({ outcome }) => outcome === "moved");
    await withdrawChallenges(trx, moved, now);
    log.info({ looked: due.length, moved: moved.length, notMoved: still.length }, "looked whether figures moved");
    return { done: due.length };
  });
}

function judged(check: DueEffectCheck, series: SeriesPoints | undefined): EffectFound {
  if (!check.standing || series === undefined) return { check, outcome: null, said: "" };
  if (check.isHeld) return { check, outcome: "moved", said: "the figure is better than where the case stands" };
  const effect = effectOfSeries(check, series);
  return { check, outcome: effect.moved ? "moved" : "not-moved", said: effectInWords(effect, check.frequency) };
}
