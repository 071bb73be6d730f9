import { makeNotices } from "@signalbox/db";
import type { Notifier, StageResult } from "./notifier.ts";

/** Makes one notice a person of each telling that is due. */
export async function makeDueNotices({ db, log }: Notifier, now: Temporal.Instant): Promise<StageResult> {
  const { tellings, notices, unheard } = await makeNotices(db, now);
  if (unheard.length > 0)
    log.info(
      { tellings: unheard },
      "nobody was left to tell: all are told otherwise, or neither they nor an operator is named",
    );
  if (tellings > 0) log.debug({ tellings, notices }, "made notices");
  return { done: tellings };
}
