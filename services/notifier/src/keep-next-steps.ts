import { keepNextSteps } from "@signalbox/db";
import type { Notifier, StageResult } from "./notifier.ts";

/** Sees that every case that stands has a next step with a day and a person: where nothing is asked, its forum looks at it. */
export async function keepSteps({ db, log }: Notifier, now: Temporal.Instant): Promise<StageResult> {
  const done = await db.transaction().execute((trx) => keepNextSteps(trx, now));
  if (done > 0) log.debug({ reviews: done }, "kept a next step for every case");
  return { done };
}
