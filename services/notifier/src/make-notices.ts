import { holdMakingNotices, makeNotices } from "@signalbox/db";
import type { Notifier, StageResult } from "./notifier.ts";

/** Makes one notice a person of each telling that is due. */
export async function makeDueNotices({ db, log }: Notifier, now: Temporal.Instant): Promise<StageResult> {
  // One notifier at a time: where two shared the tellings of a moment, somebody's mail could leave in two parts.
  const { tellings, notices, unheard } = await db.transaction().execute(async (trx) => {
    await holdMakingNotices(trx);
    return makeNotices(trx, now);
  });
  if (unheard.length > 0)
    log.info(
      { tellings: unheard },
      "nobody was left to tell: all are told otherwise, or neither they nor an operator is named",
    );
  if (tellings > 0) log.debug({ tellings, notices }, "made notices");
  return { done: tellings };
}
