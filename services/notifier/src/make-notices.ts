import { makeNotices } from "@signalbox/db";
import type { Notifier, StageResult } from "./notifier.ts";

/** Makes one notice a person of each telling that is due. */
export async function makeDueNotices({ db, log }: Notifier, now: Temporal.Instant): Promise<StageResult> {
  const { tellings, notices, unheard } = await makeNotices(db, now);
  if (unheard.length > 0) log.warn({ tellings: unheard }, "nobody was found to tell, not even an operator");
  if (tellings > 0) log.debug({ tellings, notices }, "made notices");
  return { done: tellings };
}
